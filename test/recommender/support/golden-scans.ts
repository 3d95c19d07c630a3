import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Scope } from '../../../src/model/observation.ts'
import type { SimpleSettings } from '../../../src/model/recommendation.ts'
import { SIMPLE_DEFAULTS } from '../../../src/recommender/strategies/simple-settings.ts'
import type { KrrResult } from '../../../src/surfaces/render/krr-json.ts'

/** krr's answer about a world, made comparable (test/golden/scans/README.md). */
export interface GoldenScan {
  readonly name: string
  readonly arguments: readonly string[]
  readonly evaluatedAt: number
  readonly queries: number
  readonly result: Omit<KrrResult, 'config'>
}

const FOLDER = fileURLToPath(new URL('../../golden/scans/', import.meta.url))

/** All of krr's answers in one folder. */
export function goldenScans(folder: string): readonly GoldenScan[] {
  const files = readdirSync(`${FOLDER}${folder}`).filter((file) => file.endsWith('.json'))
  return files.map((file) => {
    const golden = JSON.parse(readFileSync(`${FOLDER}${folder}/${file}`, 'utf8')) as Omit<GoldenScan, 'name'>
    return { name: file.replace('.json', ''), ...golden }
  })
}

/** What krr's arguments mean for us; undefined for what there is no strategy or kind for yet. */
export function requestOf(golden: GoldenScan): { settings: SimpleSettings; scope: Scope } | undefined {
  const [command, ...args] = golden.arguments
  if (command !== 'simple') return undefined
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: args.map((arg) => arg.replaceAll(/(?<=\w)-(?=\w)/g, (dash) => (arg.startsWith('--') ? '_' : dash))),
    options: {
      history_duration: text,
      timeframe_duration: text,
      cpu_percentile: text,
      memory_buffer_percentage: text,
      oom_memory_buffer_percentage: text,
      points_required: text,
      cpu_min: text,
      mem_min: text,
      allow_hpa: { type: 'boolean' },
      use_oomkill_data: { type: 'boolean' },
      job_grouping_labels: text,
      namespace: { ...text, short: 'n', multiple: true },
      resource: { ...text, short: 'r', multiple: true },
      selector: { ...text, short: 's' },
    },
  })
  if (values.job_grouping_labels !== undefined) return undefined
  const number = (value: string | undefined, otherwise: number): number =>
    value === undefined ? otherwise : Number(value)
  const d = SIMPLE_DEFAULTS
  return {
    settings: {
      historyHours: number(values.history_duration, d.historyHours),
      timeframeMinutes: number(values.timeframe_duration, d.timeframeMinutes),
      cpuPercentile: number(values.cpu_percentile, d.cpuPercentile),
      memoryBufferPercentage: number(values.memory_buffer_percentage, d.memoryBufferPercentage),
      oomMemoryBufferPercentage: number(values.oom_memory_buffer_percentage, d.oomMemoryBufferPercentage),
      pointsRequired: number(values.points_required, d.pointsRequired),
      cpuMin: number(values.cpu_min, d.cpuMin),
      memoryMin: number(values.mem_min, d.memoryMin),
      allowHpa: values.allow_hpa ?? false,
      useOomkillData: values.use_oomkill_data ?? false,
    },
    scope: {
      namespaces: values.namespace ?? [],
      kinds: values.resource ?? [],
      ...(values.selector === undefined ? {} : { selector: values.selector }),
    },
  }
}
