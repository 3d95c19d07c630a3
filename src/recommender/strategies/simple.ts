import type { SimpleSettings } from '../../model/strategy.ts'
import { metricWindow } from '../metric-window.ts'
import { highest } from '../numbers/highest.ts'
import { quantileLiteral } from '../numbers/quantile-literal.ts'
import { COMMON_SETTINGS } from './common-settings.ts'
import { memoryOfPeak } from './memory-of-peak.ts'
import { percentile } from './setting.ts'
import type { ObservedUsage, ResourceProposal, Strategy } from './strategy.ts'
import { coresText, highestOf, overWindow, percentileText } from './words.ts'
import { withheldBecause } from './withheld-because.ts'

/**
 * krr's `simple`: the CPU request is the highest per-pod percentile, without a limit; memory is the highest working set
 * plus a buffer, as request and limit.
 */
export const simple: Strategy<SimpleSettings> = {
  name: 'simple',
  summary: 'krr’s default: a CPU percentile without a limit, memory peak plus a buffer',
  settings: {
    ...COMMON_SETTINGS,
    cpuPercentile: {
      flag: 'cpu_percentile',
      value: 'PERCENT',
      help: 'CPU request: this percentile (default: 95)',
      fallback: 95,
      bound: percentile,
    },
  },
  needs: (settings) => ({
    window: metricWindow(settings.historyHours, settings.timeframeMinutes),
    cpu: { kind: 'quantile', literal: quantileLiteral(settings.cpuPercentile) },
    oomLimits: settings.useOomkillData,
    throttling: false,
    pointsRequired: settings.pointsRequired,
  }),
  propose: (observed, settings) => ({
    cpu: cpuOfQuantile(observed, settings),
    memory: memoryOfPeak(observed, settings),
  }),
}

/** krr's CPU rule of `simple`: the highest of the pods' percentiles. */
export function cpuOfQuantile({ usage, autoscaler }: ObservedUsage, settings: SimpleSettings): ResourceProposal {
  const scaled = autoscaler !== null && autoscaler.cpuUtilization !== null
  const judged = { name: 'CPU', hasData: usage.cpu.length > 0, points: usage.cpuPoints, scaled }
  const withheld = withheldBecause(judged, settings)
  if (withheld) return withheld
  const request = highest(usage.cpu.map((reading) => reading.value))
  const share = percentileText(quantileLiteral(settings.cpuPercentile))
  const basis = `${share} of each pod's CPU ${overWindow(settings)}, ${highestOf(usage.cpu, request, coresText)}`
  return { request, limit: null, info: null, basis }
}
