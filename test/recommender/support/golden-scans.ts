import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Scope } from '../../../src/model/observation.ts'
import type { ChosenStrategy } from '../../../src/model/strategy.ts'
import { chooseStrategy } from '../../../src/recommender/strategies/choose-strategy.ts'
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

const text = { type: 'string' } as const
const OPTIONS = {
  history_duration: text,
  timeframe_duration: text,
  cpu_percentile: text,
  cpu_request: text,
  cpu_limit: text,
  memory_buffer_percentage: text,
  oom_memory_buffer_percentage: text,
  points_required: text,
  cpu_min: text,
  mem_min: text,
  allow_hpa: { type: 'boolean' },
  use_oomkill_data: { type: 'boolean' },
  job_grouping_labels: text,
  job_grouping_limit: text,
  namespace: { ...text, short: 'n', multiple: true },
  resource: { ...text, short: 'r', multiple: true },
  selector: { ...text, short: 's' },
} as const

/** What krr's arguments mean for us; krr's own way of doing it, slips included. */
export function requestOf(golden: Pick<GoldenScan, 'arguments'>): { chosen: ChosenStrategy; scope: Scope } {
  const [command, ...args] = golden.arguments
  const { values } = parseArgs({
    args: args.map((arg) => arg.replaceAll(/(?<=\w)-(?=\w)/g, (dash) => (arg.startsWith('--') ? '_' : dash))),
    options: OPTIONS,
  })
  const number = (value: string | undefined): number | undefined => (value === undefined ? undefined : Number(value))
  const chosen = chooseStrategy(command === 'simple-limit' ? 'simple_limit' : 'simple', {
    historyHours: number(values.history_duration),
    timeframeMinutes: number(values.timeframe_duration),
    cpuPercentile: number(values.cpu_percentile),
    cpuRequest: number(values.cpu_request),
    cpuLimit: number(values.cpu_limit),
    memoryBufferPercentage: number(values.memory_buffer_percentage),
    oomMemoryBufferPercentage: number(values.oom_memory_buffer_percentage),
    pointsRequired: number(values.points_required),
    cpuMin: number(values.cpu_min),
    memoryMin: number(values.mem_min),
    allowHpa: values.allow_hpa,
    useOomkillData: values.use_oomkill_data,
  })
  if (!chosen.ok) throw new Error(chosen.problem.message)
  const { job_grouping_labels: labels, job_grouping_limit: limit } = values
  const scope = {
    namespaces: values.namespace ?? [],
    kinds: values.resource ?? [],
    compat: 'krr',
    ...(values.selector === undefined ? {} : { selector: values.selector }),
    ...(labels === undefined
      ? {}
      : { jobGrouping: { labels: labels.split(','), limit: limit === undefined ? 500 : Number(limit) } }),
  } as const
  return { chosen: chosen.value, scope }
}
