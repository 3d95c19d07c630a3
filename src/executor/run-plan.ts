import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { heldBack, runWave } from './run-wave.ts'
import type { StepEnd } from './step-end.ts'

/** Wave after wave, each only when the one before it stands. */
export async function runPlan(run: Run): Promise<Result<readonly StepEnd[]>> {
  const ends: StepEnd[] = []
  let halt: string | undefined
  for (const [index, [wave, steps]] of waves(run.approved.plan.steps).entries()) {
    if (halt !== undefined) {
      const why = halt
      ends.push(...steps.map((step) => heldBack(step, why)))
      continue
    }
    const begun = index === 0 ? ok(null) : await begin(run, wave)
    if (!begun.ok) return begun
    const ended = await runWave(run, steps)
    if (!ended.ok) return ended
    ends.push(...ended.value.ends)
    halt = ended.value.halt
  }
  return ok(ends)
}

const waves = (steps: readonly PlanStep[]): readonly (readonly [number, readonly PlanStep[]])[] =>
  [...Map.groupBy(steps, ({ wave }) => wave)].sort(([a], [b]) => a - b)

const begin = (run: Run, wave: number): Promise<Result<null>> =>
  record(run, { kind: 'wave_started', subject: run.approved.execution, facts: { fence: run.fence, wave } })
