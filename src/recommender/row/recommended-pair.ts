import type { Allocation } from '../../model/observation.ts'
import type { Recommended, RecommendedPair } from '../../model/recommendation.ts'
import { roundUpCpu, roundUpMemory } from '../numbers/round-up.ts'
import type { Minimums } from '../numbers/round-up.ts'
import { cpuSeverity, memorySeverity } from '../numbers/severity.ts'
import type { Proposal } from '../strategies/strategy.ts'

/** Requests or limits of a row: rounded up, with minimums, judged against what is set now. */
export function recommendedPair(
  proposal: Proposal,
  part: 'request' | 'limit',
  { current, minimums }: { readonly current: Allocation; readonly minimums: Minimums },
): RecommendedPair {
  const cpu = recommended(proposal.cpu[part], (value) => roundUpCpu(value, minimums))
  const memory = recommended(proposal.memory[part], (value) => roundUpMemory(value, minimums))
  return {
    cpu: { value: cpu, severity: cpuSeverity(current.cpu, cpu) },
    memory: { value: memory, severity: memorySeverity(current.memory, memory) },
  }
}

/** krr says `?` for NaN, whatever it stems from. */
function recommended(value: number | null, roundUp: (value: number) => number): Recommended {
  if (value === null) return null
  const rounded = roundUp(value)
  return Number.isNaN(rounded) ? '?' : rounded
}
