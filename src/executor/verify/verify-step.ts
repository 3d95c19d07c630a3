import type { Problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Run } from '../run.ts'
import type { Expectation } from './expectation.ts'
import { gatherLook } from './gather-look.ts'
import { GONE, judge, type Judgement } from './judgement.ts'
import { advance, advanceUnseen, beginProgress, type Advance, type Outcome, type Progress } from './progress.ts'
import { tierReport, type TierReport } from './tier-report.ts'

const POLL_MS = 1_000
const LATER_POLL_MS = 2_000
const QUICK_FOR_MS = 30_000

/**
 * Looks at a written step until its outcome is known: while it rolls out, then through the soak. `rolledOut` is told
 * once, when everything is up for the first time.
 */
export async function verifyStep(
  run: Run,
  expected: Expectation,
  rolledOut: () => Promise<Result<null>>,
): Promise<Result<Outcome>> {
  const { clock } = run.ports
  let progress = beginProgress(clock.now().monotonic)
  const report = tierReport(run, expected.step, progress.startedAt)
  for (;;) {
    // Another worker, or nobody, is in charge now: whatever is seen from here on is not ours to record.
    if (run.lost.signal.aborted) return failed(run.lost.signal.reason as Problem)
    const looked = await look(run, expected, { progress, report })
    const step = await settle(looked, { progress, rolledOut, report })
    if (!step.ok) return step
    if (looked.outcome) return ok(looked.outcome)
    progress = looked.progress
    await clock.sleep(clock.now().monotonic - progress.startedAt < QUICK_FOR_MS ? POLL_MS : LATER_POLL_MS)
  }
}

interface Watching {
  readonly progress: Progress
  readonly report: TierReport
}

async function look(run: Run, expected: Expectation, { progress, report }: Watching): Promise<Advance> {
  const { objects, clock } = run.ports
  const { verification } = run.approved.plan
  const gathered = await gatherLook(objects, expected.step.target)
  const at = clock.now().monotonic
  if (!gathered.ok && gathered.problem.reason !== 'api_not_found') return advanceUnseen(progress, at, verification)
  const judgement = gathered.ok ? judge(gathered.value, expected) : nothingLeft
  report.see(judgement, at)
  return advance(progress, { ...judgement, at }, verification)
}

const nothingLeft: Judgement = {
  tiers: { changes: GONE, health: GONE, readiness: GONE, stability: GONE },
  idle: undefined,
  readyPods: [],
}

async function settle(
  looked: Advance,
  { progress, report, rolledOut }: Watching & { readonly rolledOut: () => Promise<Result<null>> },
): Promise<Result<null>> {
  if (looked.progress.soak && !progress.soak) {
    const recorded = await report.rolledOut()
    const told = recorded.ok ? await rolledOut() : recorded
    if (!told.ok) return told
  }
  return looked.outcome ? report.end(looked.outcome) : ok(null)
}
