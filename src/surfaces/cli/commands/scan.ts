import type { Command } from 'commander'
import { strategyCommand } from '../../../model/strategy.ts'
import type { StrategyName } from '../../../model/strategy.ts'
import { STRATEGIES } from '../../../recommender/strategies/all-strategies.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { readCommonFlags } from '../common-flags.ts'
import { requestOf } from '../scan/request-of.ts'
import { addScanFlags, type ScanFlags } from '../scan/scan-flags.ts'
import { scanClusters } from '../scan/scan-clusters.ts'
import { scanOnce } from '../scan/scan-once.ts'

const EXAMPLES = examples(
  ['krr-mcp scan', 'everything but kube-system; Prometheus is found'],
  ['krr-mcp scan -n shop -n payments -r Deployment', 'two namespaces, one kind'],
  ['krr-mcp scan --history_duration 48 --cpu_percentile 99', 'krr’s settings by krr’s names'],
  ['krr-mcp scan --strategy simple-limit -f csv > scan.csv', 'with CPU limits, for a spreadsheet'],
  ['krr-mcp scan -f html --fileoutput report.html -q', 'a page to pass on'],
  ['krr-mcp scan --diff', 'what moved since the last scan'],
  ['krr-mcp scan --fail-on CRITICAL -q', 'for a pipeline'],
  ['krr-mcp scan --dry-run', 'how many queries it would take'],
)

export function addScan(program: Command, cli: Cli): void {
  const command = program
    .command('scan')
    .summary('compare what containers request with what they use')
    .description('Reads the cluster and its metrics, computes krr’s numbers and stores them under an id.')
    .addHelpText('after', EXAMPLES)
  addScanFlags(command)
  command.action((flags: ScanFlags) => run(flags, { command, cli }))
}

/** `krr simple …`: a user of krr changes the program's name and nothing else. */
export function addStrategyScan(name: StrategyName): (program: Command, cli: Cli) => void {
  return (program, cli) => {
    const words = strategyCommand(name)
    const command = program
      .command(words)
      .summary(`the same as scan --strategy ${words}`)
      .description(`The same as krr-mcp scan --strategy ${words}: ${STRATEGIES[name].summary}.`)
    addScanFlags(command, name)
    command.action((flags: ScanFlags) => run(flags, { command, cli, fixed: name }))
  }
}

interface ScanCommand {
  readonly command: Command
  readonly cli: Cli
  /** The command's own strategy. */
  readonly fixed?: StrategyName
}
async function run(flags: ScanFlags, { command, cli, fixed }: ScanCommand): Promise<void> {
  const request = requestOf(flags, fixed)
  // With a recording there is no cluster to choose.
  const several = flags.replay === undefined && (flags.allClusters === true || contextsOf(command).length > 1)
  if (several) {
    const options = readCommonFlags(command, cli.deps.env)
    return scanClusters({ request, flags, options, contexts: flags.allClusters ? [] : contextsOf(command) }, cli)
  }
  return cli.run(command, (session) => scanOnce(request, flags, session))
}

/** krr's `-c a -c b`. */
function contextsOf(command: Command): readonly string[] {
  const given: unknown = command.optsWithGlobals()['context']
  return Array.isArray(given) ? given.map(String) : []
}
