import { ok, type Result } from '../model/result.ts'
import { recordWhen } from './record.ts'
import type { Run } from './run.ts'
import type { StepEnd } from './step-end.ts'
import { undoStep } from './undo-step.ts'
import type { Expectation } from './verify/expectation.ts'
import type { Outcome } from './verify/progress.ts'
import { whyNoUndo } from './why-no-undo.ts'
import { workloadPath } from '../model/workload.ts'

/** What an outcome of verification leads to: it stays, it is undone, or it is held for a person to look at. */
export async function settleStep(run: Run, written: Expectation, outcome: Outcome): Promise<Result<StepEnd>> {
  const { step, baseline } = written
  switch (outcome.kind) {
    case 'verified':
    case 'unverified':
      return ok({ kind: outcome.kind, step, message: outcome.message })
    case 'unseen':
      return ok({ kind: 'held', step, message: `${outcome.message} The change stays as it is.` })
    case 'failed': {
      const { failure } = outcome
      const why = whyNoUndo(run.approved.plan, { failure, step, baseline })
      if (why !== undefined)
        return ok({ kind: 'held', step, message: `${failure.message} It is not undone by itself, because ${why}.` })
      const started = await startRollback(run, `${workloadPath(step.target)}: ${failure.message}`)
      return started.ok ? undoStep(run, written, failure.message) : started
    }
  }
}

/** Once per execution: further steps that fail are undone under the same heading. */
const startRollback = (run: Run, why: string): Promise<Result<null>> =>
  recordWhen(run, ({ status }) =>
    status === 'rolling_back'
      ? undefined
      : { kind: 'rollback_started', subject: run.approved.execution, facts: { fence: run.fence, why } },
  )
