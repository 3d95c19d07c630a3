import type { Allocated } from '../../model/observation.ts'
import type { Bytes, Cores } from '../../model/quantity.ts'
import type { UsageAwareSettings } from '../../model/strategy.ts'
import { pythonMax } from '../numbers/python-max.ts'
import { COMMON_SETTINGS } from './common-settings.ts'
import { memoryOfPeak } from './memory-of-peak.ts'
import { from, percentile } from './setting.ts'
import { cpuOfQuantile, simple } from './simple.ts'
import type { ObservedUsage, ResourceProposal, Strategy } from './strategy.ts'
import { coresText, mebibytesText } from './words.ts'

/**
 * Ours, not krr's: a percentile of CPU plus headroom; a container that is throttled, or was killed for its memory, is
 * never given less than it has, because its usage is what the limit left it and not what it wants.
 */
export const usageAware: Strategy<UsageAwareSettings> = {
  name: 'usage_aware',
  summary: 'ours: a CPU percentile plus headroom; never less for what is throttled or was OOM-killed',
  settings: {
    ...COMMON_SETTINGS,
    useOomkillData: { ...COMMON_SETTINGS.useOomkillData, fallback: true },
    cpuPercentile: {
      flag: 'cpu_percentile',
      value: 'PERCENT',
      help: 'CPU request: this percentile (default: 99)',
      fallback: 99,
      bound: percentile,
    },
    cpuHeadroomPercentage: {
      flag: 'cpu_headroom_percentage',
      value: 'PERCENT',
      help: 'added to the CPU percentile (default: 15)',
      fallback: 15,
      bound: from(0),
    },
    throttledAbovePercentage: {
      flag: 'throttled_above_percentage',
      value: 'PERCENT',
      help: 'throttled in more of its periods than this in any hour, CPU is not lowered (default: 10)',
      fallback: 10,
      bound: { allows: (value) => value >= 0 && value <= 100, says: 'from 0 to 100' },
    },
  },
  needs: (settings) => ({ ...simple.needs(settings), throttling: true }),
  propose: (observed, settings) => ({ cpu: cpuOf(observed, settings), memory: memoryOf(observed, settings) }),
}

function cpuOf(observed: ObservedUsage, settings: UsageAwareSettings): ResourceProposal {
  const used = cpuOfQuantile(observed, settings)
  if (used.request === null || Number.isNaN(used.request)) return used
  const wanted = used.request * (1 + settings.cpuHeadroomPercentage / 100)
  const basis = `${used.basis}, plus ${settings.cpuHeadroomPercentage} % headroom`
  const throttled = observed.usage.throttledShare ?? 0
  if (throttled * 100 <= settings.throttledAbovePercentage) return { ...used, request: wanted, basis }
  const { requests, limits } = observed.container.allocations
  // Without a request of its own a container is given its limit as one.
  const kept = numberOr0(requests.cpu ?? limits.cpu)
  const share = `${Math.round(throttled * 100)} %`
  return {
    request: pythonMax(wanted, kept),
    limit: null,
    info: 'Throttled',
    basis:
      `the larger of: ${basis}; and the present request (${coresText(kept)}), because its limit throttled it in ` +
      `${share} of its periods in the worst hour`,
  }
}

function memoryOf(observed: ObservedUsage, settings: UsageAwareSettings): ResourceProposal {
  const used = memoryOfPeak(observed, settings)
  if (used.info !== 'OOMKill detected' || used.request === null || Number.isNaN(used.request)) return used
  const { requests, limits } = observed.container.allocations
  const kept = Math.max(numberOr0(requests.memory), numberOr0(limits.memory))
  if (kept <= used.request) return used
  const basis = `${used.basis}; kept at what it has now (${mebibytesText(kept)}), because it was OOM-killed`
  return { ...used, request: kept, limit: kept, basis }
}

const numberOr0 = (value: Allocated<Cores | Bytes>): number => (typeof value === 'number' ? value : 0)
