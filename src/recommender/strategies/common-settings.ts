import type { CommonSettings } from '../../model/strategy.ts'
import { above, from, wholeFrom } from './setting.ts'
import type { SettingTable } from './setting.ts'

/** What all of krr's strategies share, with krr's names, defaults and bounds. */
export const COMMON_SETTINGS: SettingTable<CommonSettings> = {
  historyHours: {
    flag: 'history_duration',
    value: 'HOURS',
    help: 'how far to look back (default: 336)',
    fallback: 336,
    bound: from(1, ' (hours)'),
  },
  timeframeMinutes: {
    flag: 'timeframe_duration',
    value: 'MINUTES',
    help: 'one point every (default: 1.25)',
    fallback: 1.25,
    bound: above(0, ' (minutes)'),
  },
  memoryBufferPercentage: {
    flag: 'memory_buffer_percentage',
    value: 'PERCENT',
    help: 'memory: added to the highest value seen (default: 15)',
    fallback: 15,
    bound: above(0),
  },
  pointsRequired: {
    flag: 'points_required',
    value: 'COUNT',
    help: 'fewer points give no number (default: 100)',
    fallback: 100,
    bound: wholeFrom(1),
  },
  allowHpa: { flag: 'allow-hpa', help: 'numbers also for what an autoscaler steers by', fallback: false },
  useOomkillData: {
    flag: 'use-oomkill-data',
    help: 'count in the limits at which containers were OOM-killed',
    fallback: false,
  },
  oomMemoryBufferPercentage: {
    flag: 'oom_memory_buffer_percentage',
    value: 'PERCENT',
    help: 'added to such a limit (default: 25)',
    fallback: 25,
    bound: from(0),
  },
  cpuMin: {
    flag: 'cpu-min',
    value: 'MILLICORES',
    help: 'no CPU recommendation below this (default: 10)',
    fallback: 10,
    bound: wholeFrom(0),
  },
  memoryMin: {
    flag: 'mem-min',
    value: 'MIB',
    help: 'no memory recommendation below this (default: 100)',
    fallback: 100,
    bound: wholeFrom(0),
  },
}
