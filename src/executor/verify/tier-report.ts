import type { PlanStep } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { TIERS, type Tier } from '../../model/verification.ts'
import { record } from '../record.ts'
import type { Run } from '../run.ts'
import type { Judged } from './judged.ts'
import type { Judgement } from './judgement.ts'
import type { Outcome } from './progress.ts'

/** Records each tier's verdict once, and once more only if a tier that had passed fails later. */
export interface TierReport {
  see(judgement: Judgement, at: number): void
  rolledOut(): Promise<Result<null>>
  end(outcome: Outcome): Promise<Result<null>>
}

const OF_THE_ROLLOUT: readonly Tier[] = ['changes', 'health', 'readiness']
/** Which tiers an outcome says passed, if they did. */
const PASSED_WITH: Readonly<Record<Outcome['kind'], readonly Tier[]>> = {
  verified: ['stability'],
  failed: OF_THE_ROLLOUT,
  unverified: ['changes'],
  unseen: [],
}

export function tierReport(run: Run, { step }: PlanStep, startedAt: number): TierReport {
  const passedAt = new Map<Tier, number>()
  const recorded = new Set<Tier>()
  let last: Judgement | undefined
  let lastAt = startedAt

  async function say(tier: Tier, judged: Judged, at: number): Promise<Result<null>> {
    if (judged.kind === 'wait' || (recorded.has(tier) && judged.kind === 'pass')) return ok(null)
    recorded.add(tier)
    const cause = judged.kind === 'fail' ? judged.cause : null
    const { fence, approved } = run
    const facts = { step, fence, tier, passed: judged.kind === 'pass', message: judged.message, cause }
    const tookMs = Math.round(at - startedAt)
    return record(run, { kind: 'tier_judged', subject: approved.execution, facts: { ...facts, tookMs } })
  }
  // Stability has passed only when the soak is over; the others as soon as they held.
  const tookUntil = (tier: Tier): number => (tier === 'stability' ? lastAt : (passedAt.get(tier) ?? lastAt))
  async function sayPassed(tiers: readonly Tier[]): Promise<Result<null>> {
    for (const tier of tiers) {
      const judged = last?.tiers[tier]
      const said = judged?.kind === 'pass' ? await say(tier, judged, tookUntil(tier)) : ok(null)
      if (!said.ok) return said
    }
    return ok(null)
  }

  return {
    see(judgement, at) {
      last = judgement
      lastAt = at
      for (const tier of TIERS)
        if (judgement.tiers[tier].kind !== 'pass') passedAt.delete(tier)
        else if (!passedAt.has(tier)) passedAt.set(tier, at)
    },
    rolledOut: () => sayPassed(OF_THE_ROLLOUT),
    async end(outcome) {
      const passed = await sayPassed(PASSED_WITH[outcome.kind])
      return passed.ok && outcome.kind === 'failed' ? say(outcome.tier, outcome.failure, lastAt) : passed
    },
  }
}
