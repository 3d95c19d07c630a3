import { Option, type Command } from 'commander'
import { scanCluster, type ScanRequest } from '../../../app/agent/scan.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { isoTime, type UnixSeconds } from '../../../model/time.ts'
import type { WorkloadKind } from '../../../model/workload.ts'
import { krrJson } from '../../render/krr-json.ts'
import { plainText } from '../../../model/plain-text.ts'
import { scanTable } from '../../render/scan-table.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { exitCode } from '../exit-codes.ts'
import { argument } from '../parse/argument.ts'
import { parseKind } from '../parse/parse-kind.ts'
import { parseTime } from '../parse/parse-time.ts'
import { addSettings, readSettings, type SettingFlags } from '../scan-settings.ts'
import type { Session } from '../session.ts'

interface ScanFlags extends SettingFlags {
  readonly namespace?: readonly string[]
  readonly resource?: readonly WorkloadKind[]
  readonly selector?: string
  readonly at?: UnixSeconds
  readonly formatter: 'table' | 'json'
}

const EXAMPLES = examples(
  ['krr-mcp scan -p http://localhost:9090', 'everything but kube-system'],
  ['krr-mcp scan -n shop -n payments -r Deployment', 'two namespaces, one kind'],
  ['krr-mcp scan --history_duration 48 --cpu_percentile 99', 'krr’s settings by krr’s names'],
  ['krr-mcp scan --at 2026-11-01T12:00:00Z', 'the numbers as they were then'],
  ['krr-mcp scan -f json > scan.json', 'krr’s own JSON'],
)

/** A repeatable option: every value is kept. */
const each =
  <Value>(parse: (text: string) => Value) =>
  (text: string, before: readonly Value[] | undefined): readonly Value[] => [...(before ?? []), parse(text)]

export function addScan(program: Command, cli: Cli): void {
  const command = program
    .command('scan')
    .summary('compare what containers request with what they use')
    .description('Reads the cluster and its metrics, computes krr’s `simple` numbers and stores them under an id.')
    .option(
      '-n, --namespace <NAME>',
      'only this namespace (repeatable; a regular expression may match several)',
      each(String),
    )
    .option('-r, --resource <KIND>', 'only this kind, e.g. Deployment (repeatable)', each(argument(parseKind)))
    .option('-s, --selector <SELECTOR>', 'only workloads with these labels, e.g. app=web')
    .option('--at <TIME>', 'evaluate as of then: 2026-11-24T13:00:00Z or seconds since 1970', argument(parseTime))
    .addOption(
      new Option('-f, --formatter <FORMAT>', 'what to print').choices(['table', 'json']).default('table', 'table'),
    )
    .addHelpText('after', EXAMPLES)
  addSettings(command)
  command.action((flags: ScanFlags) => cli.run(command, (session) => scan(flags, session)))
}

function requestOf(flags: ScanFlags): ScanRequest {
  const { namespace = [], resource = [], selector, at } = flags
  return {
    scope: { namespaces: namespace, kinds: resource, ...(selector === undefined ? {} : { selector }) },
    settings: readSettings(flags),
    ...(at === undefined ? {} : { at }),
  }
}

async function scan(flags: ScanFlags, session: Session): Promise<number> {
  const done = await scanCluster(requestOf(flags), session.ports)
  if (!done.ok) return session.fail(done.problem)
  if (flags.formatter === 'json') session.json(krrJson(done.value))
  else session.say(scanTable(done.value, { colour: session.deps.colours }))
  sayWhatNext(done.value, session)
  return exitCode('done')
}

function sayWhatNext(done: Scan, session: Session): void {
  const { id, cluster, evaluatedAt, rows } = done
  const { command } = session.ports
  session.remark(`scan ${id} of cluster ${plainText(cluster.name, 80)}, as of ${isoTime(evaluatedAt * 1000)}`)
  const [first] = rows
  session.remark(
    first === undefined
      ? nextWithoutRows(done)
      : `next: ${command} explain ${first.row} --scan ${id}\nor:   ${command} preview --scan ${id} --rows ${first.row}`,
  )
}

// Nothing seen is not nothing there: a missing permission must not be taken for a cluster without work.
function nextWithoutRows({ unread }: Scan): string {
  const elsewhere = 'look elsewhere with --namespace, --resource or --selector'
  const refused = unread.some(({ reason }) => reason === 'forbidden')
  return refused ? `next: get the permission to list what could not be read, or ${elsewhere}` : `next: ${elsewhere}`
}
