import type { CommonSettings } from '../../model/strategy.ts'
import { highest } from '../numbers/highest.ts'
import { pythonMax } from '../numbers/python-max.ts'
import type { ObservedUsage, ResourceProposal } from './strategy.ts'
import { highestOf, mebibytesText, overWindow } from './words.ts'
import { withheldBecause } from './withheld-because.ts'

/** krr's memory rule, the same in all its strategies: the highest working set plus a buffer, as request and limit. */
export function memoryOfPeak({ usage, autoscaler }: ObservedUsage, settings: CommonSettings): ResourceProposal {
  const scaled = autoscaler !== null && autoscaler.memoryUtilization !== null
  const judged = { name: 'memory', hasData: usage.memory.length > 0, points: usage.memoryPoints, scaled }
  const withheld = withheldBecause(judged, settings)
  if (withheld) return withheld
  const peak = highest(usage.memory.map((reading) => reading.value))
  const killedAt = usage.oomLimits.length === 0 ? 0 : highest(usage.oomLimits.map((reading) => reading.value))
  const value = memoryProposal(peak, killedAt, settings)
  const basis =
    `highest memory of each pod ${overWindow(settings)}, ${highestOf(usage.memory, peak, mebibytesText)}, ` +
    `plus ${settings.memoryBufferPercentage} %`
  if (killedAt === 0) return { request: value, limit: value, info: null, basis }
  const killed =
    `the memory limit under which a container was killed (${mebibytesText(killedAt)}) ` +
    `plus ${settings.oomMemoryBufferPercentage} %`
  return { request: value, limit: value, info: 'OOMKill detected', basis: `the larger of: ${basis}; and ${killed}` }
}

type MemoryBuffers = Pick<CommonSettings, 'memoryBufferPercentage' | 'oomMemoryBufferPercentage'>
/** Bytes before rounding, from the highest usage and the highest limit under which a container was killed (0: none). */
export const memoryProposal = (peak: number, killedAt: number, buffers: MemoryBuffers): number =>
  pythonMax(peak * (1 + buffers.memoryBufferPercentage / 100), killedAt * (1 + buffers.oomMemoryBufferPercentage / 100))
