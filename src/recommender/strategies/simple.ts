import type { SimpleSettings } from '../../model/recommendation.ts'
import { metricWindow } from '../metric-window.ts'
import { highest } from '../numbers/highest.ts'
import { pythonMax } from '../numbers/python-max.ts'
import { quantileLiteral } from '../numbers/quantile-literal.ts'
import type { PointCount } from '../usage/container-usage.ts'
import type { Reading } from '../usage/reading.ts'
import type { ObservedUsage, ResourceProposal, Strategy } from './strategy.ts'
import { coresText, lengthOfTime, mebibytesText, percentileText, podsText } from './words.ts'

/**
 * krr's `simple`: the CPU request is the highest per-pod percentile, without a limit; memory is the highest working set
 * plus a buffer, as request and limit.
 */
export const simple: Strategy<SimpleSettings> = {
  name: 'simple',
  needs: (settings) => ({
    window: metricWindow(settings.historyHours, settings.timeframeMinutes),
    cpuQuantile: quantileLiteral(settings.cpuPercentile),
    oomLimits: settings.useOomkillData,
    pointsRequired: settings.pointsRequired,
  }),
  propose: (observed, settings) => ({ cpu: cpuOf(observed, settings), memory: memoryOf(observed, settings) }),
}

function cpuOf({ usage, autoscaler }: ObservedUsage, settings: SimpleSettings): ResourceProposal {
  const scaled = autoscaler !== null && autoscaler.cpuUtilization !== null
  const withheld = withheldBecause({ name: 'CPU', readings: usage.cpu, points: usage.cpuPoints, scaled }, settings)
  if (withheld) return withheld
  const request = highest(usage.cpu.map((reading) => reading.value))
  const percentile = percentileText(quantileLiteral(settings.cpuPercentile))
  const basis = `${percentile} of each pod's CPU ${overWindow(settings)}, ${highestOf(usage.cpu, request, coresText)}`
  return { request, limit: null, info: null, basis }
}

function memoryOf({ usage, autoscaler }: ObservedUsage, settings: SimpleSettings): ResourceProposal {
  const scaled = autoscaler !== null && autoscaler.memoryUtilization !== null
  const withheld = withheldBecause(
    { name: 'memory', readings: usage.memory, points: usage.memoryPoints, scaled },
    settings,
  )
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

type MemoryBuffers = Pick<SimpleSettings, 'memoryBufferPercentage' | 'oomMemoryBufferPercentage'>
/** Bytes before rounding, from the highest usage and the highest limit under which a container was killed (0: none). */
export const memoryProposal = (peak: number, killedAt: number, buffers: MemoryBuffers): number =>
  pythonMax(peak * (1 + buffers.memoryBufferPercentage / 100), killedAt * (1 + buffers.oomMemoryBufferPercentage / 100))

interface Judged {
  readonly name: string
  readonly readings: readonly Reading[]
  readonly points: PointCount
  readonly scaled: boolean
}
/** krr's reasons for no number, in krr's order. */
function withheldBecause(
  { name, readings, points, scaled }: Judged,
  settings: SimpleSettings,
): ResourceProposal | null {
  const no = (info: ResourceProposal['info'], basis: string): ResourceProposal => ({
    request: Number.NaN,
    limit: Number.NaN,
    info,
    basis,
  })
  if (readings.length === 0) return no('No data', `withheld: the metrics have no ${name} usage ${overWindow(settings)}`)
  if (points.counted < points.required) {
    return no('Not enough data', `withheld: ${points.counted} points of ${name} usage, ${points.required} are required`)
  }
  if (scaled && !settings.allowHpa) {
    return no(
      'HPA detected',
      `withheld: an autoscaler works on the ${name} utilization, which is relative to the request`,
    )
  }
  return null
}

function overWindow(settings: SimpleSettings): string {
  const { seconds, stepSeconds } = metricWindow(settings.historyHours, settings.timeframeMinutes)
  return `over ${lengthOfTime(seconds)} at ${stepSeconds} s steps`
}
function highestOf(readings: readonly Reading[], value: number, text: (value: number) => string): string {
  if (Number.isNaN(value)) return `of ${podsText(readings.length)}, not a number (NaN) for at least one of them`
  const [first] = readings.filter((reading) => reading.value === value)
  return `highest of ${podsText(readings.length)} (${first?.pod}: ${text(value)})`
}
