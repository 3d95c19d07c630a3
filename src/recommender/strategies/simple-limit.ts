import type { SimpleLimitSettings } from '../../model/strategy.ts'
import { metricWindow } from '../metric-window.ts'
import { COMMON_SETTINGS } from './common-settings.ts'
import { memoryOfPeak } from './memory-of-peak.ts'
import { percentile } from './setting.ts'
import type { ObservedUsage, ResourceProposal, Strategy } from './strategy.ts'
import { lengthOfTime, ordinal, podsText } from './words.ts'
import { withheldBecause } from './withheld-because.ts'

/** krr's `simple_limit`: CPU request and limit are two percentiles over all points of all pods; memory as in `simple`. */
export const simpleLimit: Strategy<SimpleLimitSettings> = {
  name: 'simple_limit',
  summary: 'krr’s strategy with a CPU limit: two percentiles over all points of all pods',
  settings: {
    ...COMMON_SETTINGS,
    cpuRequest: {
      flag: 'cpu_request',
      value: 'PERCENT',
      help: 'CPU request: this percentile of all points (default: 66)',
      fallback: 66,
      bound: percentile,
    },
    cpuLimit: {
      flag: 'cpu_limit',
      value: 'PERCENT',
      help: 'CPU limit: this percentile of all points (default: 96)',
      fallback: 96,
      bound: percentile,
    },
  },
  needs: (settings) => ({
    window: metricWindow(settings.historyHours, settings.timeframeMinutes),
    cpu: {
      kind: 'percentiles',
      percents: [settings.cpuRequest, settings.cpuLimit],
      historySeconds: settings.historyHours * 3600,
    },
    oomLimits: settings.useOomkillData,
    throttling: false,
    pointsRequired: settings.pointsRequired,
  }),
  propose: (observed, settings) => ({ cpu: cpuOf(observed, settings), memory: memoryOfPeak(observed, settings) }),
}

function cpuOf({ usage, autoscaler }: ObservedUsage, settings: SimpleLimitSettings): ResourceProposal {
  const scaled = autoscaler !== null && autoscaler.cpuUtilization !== null
  const judged = { name: 'CPU', hasData: usage.cpu.length > 0, points: usage.cpuPoints, scaled }
  const withheld = withheldBecause(judged, settings)
  if (withheld) return withheld
  const [request = Number.NaN, limit = Number.NaN] = usage.cpuPercentiles ?? []
  const { stepSeconds } = metricWindow(settings.historyHours, settings.timeframeMinutes)
  const window = `over ${lengthOfTime(settings.historyHours * 3600)} at ${stepSeconds} s steps`
  const basis =
    `${ordinal(settings.cpuRequest)} percentile (limit: ${ordinal(settings.cpuLimit)}) of all CPU points of ` +
    `${podsText(usage.cpu.length)} ${window}`
  return { request, limit, info: null, basis }
}
