import { MEBIBYTE } from '../../model/quantity.ts'
import type { Recommended } from '../../model/recommendation.ts'
import type { Minimums } from '../numbers/round-up.ts'
import type { ResourceProposal } from '../strategies/strategy.ts'

/** The whole rule: how the strategy came to its number, and what rounding and the minimum made of it. */
export function ruleSentence(
  resource: 'cpu' | 'memory',
  { proposal, value }: { readonly proposal: ResourceProposal; readonly value: Recommended },
  minimums: Minimums,
): string {
  const { basis, request } = proposal
  if (typeof value !== 'number' || request === null) return sentence(basis)
  const least = resource === 'cpu' ? minimums.cpuMin / 1000 : minimums.memoryMin * MEBIBYTE
  const leastText = resource === 'cpu' ? `${minimums.cpuMin} millicores` : `${minimums.memoryMin} MiB`
  if (request < least) return sentence(`${basis}, raised to the minimum of ${leastText}`)
  return sentence(`${basis}, rounded up to ${resource === 'cpu' ? '1 millicore' : '1 MiB'}`)
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
