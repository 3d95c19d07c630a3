import { Option, type Command } from 'commander'
import { strategyCommand } from '../../../model/strategy.ts'
import type { StrategyName } from '../../../model/strategy.ts'
import type { UnixSeconds } from '../../../model/time.ts'
import type { WorkloadKind } from '../../../model/workload.ts'
import { STRATEGY_NAMES } from '../../../recommender/strategies/all-strategies.ts'
import { argument } from '../parse/argument.ts'
import { parseCount } from '../parse/parse-count.ts'
import { parseKind } from '../parse/parse-kind.ts'
import { parseTime } from '../parse/parse-time.ts'
import { addSettings, type SettingFlags } from '../scan-settings.ts'

export const FORMATS = ['table', 'json', 'yaml', 'csv', 'csv-raw', 'markdown', 'html'] as const
export type Format = (typeof FORMATS)[number]
const SEVERITIES = ['OK', 'WARNING', 'CRITICAL'] as const
export type FailOn = (typeof SEVERITIES)[number]

/** What `scan` was given, as commander has it. */
export interface ScanFlags extends SettingFlags {
  readonly strategy?: string
  readonly namespace?: readonly string[]
  readonly excludeNamespace?: readonly string[]
  readonly resource?: readonly WorkloadKind[]
  readonly selector?: string
  readonly workload?: readonly string[]
  readonly container?: readonly string[]
  readonly jobGroupingLabels?: string
  readonly jobGroupingLimit?: number
  readonly discoveryJobBatchSize?: number
  readonly discoveryJobMaxBatches?: number
  readonly allClusters?: true
  readonly at?: UnixSeconds
  readonly compat?: 'krr'
  readonly maxWorkers?: number
  readonly formatter: Format
  readonly showClusterName?: true
  readonly excludeSeverity?: true
  readonly width?: number
  readonly fileoutput?: string
  readonly fileoutputDynamic?: true
  readonly diff?: string | true
  readonly failOn?: FailOn
  readonly dryRun?: true
  readonly record?: string
  readonly replay?: string
  readonly quiet?: true
}

/** A repeatable option: every value is kept. */
const each =
  <Value>(parse: (text: string) => Value) =>
  (text: string, before: readonly Value[] | undefined): readonly Value[] => [...(before ?? []), parse(text)]

const count = argument(parseCount)
const WHAT = 'What to scan:'
const HOW = 'How:'
const OUTPUT = 'Output:'

const WHAT_OPTIONS: readonly Option[] = [
  new Option(
    '-n, --namespace <NAME>',
    'only this namespace (repeatable; a regular expression may match several)',
  ).argParser(each(String)),
  new Option('--exclude-namespace <NAME>', 'not this namespace, whatever else is said (repeatable)').argParser(
    each(String),
  ),
  new Option('-r, --resource <KIND>', 'only this kind, e.g. Deployment (repeatable)').argParser(
    each(argument(parseKind)),
  ),
  new Option('-s, --selector <SELECTOR>', 'only workloads with these labels, e.g. app=web'),
  new Option('--workload <NAME>', 'only workloads of this name; * stands for anything (repeatable)').argParser(
    each(String),
  ),
  new Option('--container <NAME>', 'only containers of this name; * stands for anything (repeatable)').argParser(
    each(String),
  ),
  new Option('--all-clusters', 'a scan for every context of the kubeconfig'),
  new Option('--job-grouping-labels <LABELS>', 'jobs with one of these labels (a,b) are one workload per value'),
  new Option('--job-grouping-limit <COUNT>', 'jobs per group and namespace (default: 500)').argParser(count),
  new Option('--discovery-job-batch-size <COUNT>', 'jobs per page of a listing (default: 500)').argParser(count),
  new Option('--discovery-job-max-batches <COUNT>', 'at most so many pages of jobs').argParser(count),
]

const HOW_OPTIONS: readonly Option[] = [
  new Option('--at <TIME>', 'evaluate as of then: 2026-11-24T13:00:00Z or seconds since 1970').argParser(
    argument(parseTime),
  ),
  new Option('--compat <WITH>', 'krr: also where krr slips, as far as that is safe').choices(['krr']),
  new Option('-w, --max-workers <COUNT>', 'queries at once (default: 4)').argParser(count),
  new Option('--dry-run', 'only say what the scan would ask of Prometheus'),
  new Option('--record <FILE>', 'keep every answer in a file, to report a wrong number or to pin a test'),
  new Option('--replay <FILE>', 'the scan of such a file again, without a cluster'),
]

const OUTPUT_OPTIONS: readonly Option[] = [
  new Option('-f, --formatter <FORMAT>', 'what to print').choices(FORMATS).default('table', 'table'),
  new Option('--diff [SCAN]', 'what moved since that scan (default: the newest before this one)'),
  new Option('--fail-on <SEVERITY>', 'exit with 3 if a row is at least as bad').choices(SEVERITIES),
  new Option('--fileoutput <FILE>', 'write it to a file as well'),
  new Option('--fileoutput-dynamic', 'the same, to krr-YYYYmmddHHMMSS.FORMAT'),
  new Option('--show-cluster-name', 'the cluster in every row (csv, csv-raw)'),
  new Option('--exclude-severity', 'no severity column (csv)'),
  new Option('--width <COLUMNS>', 'of the table (default: the terminal)').argParser(count),
  new Option('-q, --quiet', 'the result and nothing beside it'),
  // krr's; nothing of ours ever gets among the results.
  new Option('-v, --verbose').hideHelp(),
  new Option('--logtostderr').hideHelp(),
]

/** All options of a scan. `strategy`: the command is one strategy's. */
export function addScanFlags(command: Command, strategy?: StrategyName): void {
  if (strategy === undefined) {
    const names = STRATEGY_NAMES.map(strategyCommand)
    command.addOption(
      new Option('--strategy <NAME>', 'how to size').choices(names).default('simple', 'simple').helpGroup(HOW),
    )
  }
  for (const option of WHAT_OPTIONS) command.addOption(fresh(option).helpGroup(WHAT))
  for (const option of HOW_OPTIONS) command.addOption(fresh(option).helpGroup(HOW))
  for (const option of OUTPUT_OPTIONS) command.addOption(fresh(option).helpGroup(OUTPUT))
  addSettings(command, strategy)
}

/** Several commands have these options, each its own. */
const fresh = (option: Option): Option => Object.assign(Object.create(Object.getPrototypeOf(option)), option) as Option
