import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { wallMillis } from '../model/time.ts'
import { recordWhen } from './record.ts'
import type { Run } from './run.ts'

/**
 * Tells for all to see when a wave soaks. Each step soaks from when it is up; the execution does once everything is
 * written and nothing is rolling out any more.
 */
export interface Soak {
  rolling(step: PlanStep): void
  up(step: PlanStep): Promise<Result<null>>
  ended(step: PlanStep): Promise<Result<null>>
  allWritten(): Promise<Result<null>>
}

export function soakOf(run: Run): Soak {
  const rolling = new Set<PlanStep>()
  const soaking = new Set<PlanStep>()
  let written = false
  let told = false

  async function tell(): Promise<Result<null>> {
    if (told || !written || rolling.size > 0 || soaking.size === 0) return ok(null)
    told = true
    return startSoak(run)
  }
  return {
    rolling: (step) => void rolling.add(step),
    up(step) {
      rolling.delete(step)
      soaking.add(step)
      return tell()
    },
    ended(step) {
      rolling.delete(step)
      soaking.delete(step)
      return tell()
    },
    allWritten() {
      written = true
      return tell()
    },
  }
}

/** Nothing is recorded where a step has failed already: then the execution is rolling back, and says so. */
const startSoak = (run: Run): Promise<Result<null>> =>
  recordWhen(run, ({ status }) => {
    const until = wallMillis(run.ports.clock.now().wall + run.approved.plan.verification.soak)
    return status === 'applying'
      ? { kind: 'soak_started', subject: run.approved.execution, facts: { fence: run.fence, until } }
      : undefined
  })
