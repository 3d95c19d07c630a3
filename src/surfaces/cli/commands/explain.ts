import { Argument, type Command } from 'commander'
import { explainRow, type Explanation } from '../../../app/agent/explain.ts'
import { inspectRow } from '../../../app/agent/inspect.ts'
import { explainText } from '../../render/explain-text.ts'
import { withheldText } from '../../render/withheld-text.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { exitCode } from '../exit-codes.ts'
import { argument } from '../parse/argument.ts'
import { parseRow } from '../parse/parse-row.ts'
import type { Session } from '../session.ts'

interface ExplainFlags {
  readonly scan?: string
  readonly history?: boolean
}

export function addExplain(program: Command, cli: Cli): void {
  const command = program
    .command('explain')
    .summary('why a row says what it says')
    .description('Shows a row’s evidence: the rule, the samples, each pod’s value and the queries behind them.')
    .addArgument(new Argument('<ROW>', 'number of the row').argParser(argument(parseRow)))
    .option('--scan <ID>', 'the scan (default: the newest)')
    .option('--history', 'also usage over time, and how the new values would have done')
    .addHelpText(
      'after',
      examples(
        ['krr-mcp explain 3', 'row 3 of the newest scan'],
        ['krr-mcp explain 3 --scan 7k3m', 'of that scan'],
        ['krr-mcp explain 3 --history', 'with a chart and a backtest'],
      ),
    )
    .action((row: number, flags: ExplainFlags) => cli.run(command, (session) => explain(row, flags, session)))
}

async function textOf(found: Explanation, flags: ExplainFlags, session: Session): Promise<string> {
  const { scan } = found
  if (found.kind === 'withheld') return `${scan.id} row ${withheldText(found.row)}`
  const { row } = found
  const inspected = await inspectRow({ scan, row, overTime: flags.history ?? false }, session.ports)
  if (inspected.ok) return explainText(scan, row, inspected.value)
  // The scan's own evidence stands without it.
  session.remark(`more could not be read: ${inspected.problem.message}`)
  return explainText(scan, row)
}

async function explain(row: number, flags: ExplainFlags, session: Session): Promise<number> {
  const scan = await chosenId('scan', flags.scan, session)
  if (!scan.ok) return session.fail(scan.problem)
  const found = await explainRow({ scan: scan.value, row }, session.ports)
  if (!found.ok) return session.fail(found.problem)
  session.say(await textOf(found.value, flags, session))
  return exitCode('done')
}
