import { Argument, type Command } from 'commander'
import { explainRow, type Explanation } from '../../../app/agent/explain.ts'
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
}

export function addExplain(program: Command, cli: Cli): void {
  const command = program
    .command('explain')
    .summary('why a row says what it says')
    .description('Shows a row’s evidence: the rule, the samples, each pod’s value and the queries behind them.')
    .addArgument(new Argument('<ROW>', 'number of the row').argParser(argument(parseRow)))
    .option('--scan <ID>', 'the scan (default: the newest)')
    .addHelpText(
      'after',
      examples(['krr-mcp explain 3', 'row 3 of the newest scan'], ['krr-mcp explain 3 --scan 7k3m', 'of that scan']),
    )
    .action((row: number, flags: ExplainFlags) => cli.run(command, (session) => explain(row, flags, session)))
}

function textOf(found: Explanation): string {
  if (found.kind === 'recommended') return explainText(found.scan, found.row)
  return `${found.scan.id} row ${withheldText(found.row)}`
}

async function explain(row: number, flags: ExplainFlags, session: Session): Promise<number> {
  const scan = await chosenId('scan', flags.scan, session)
  if (!scan.ok) return session.fail(scan.problem)
  const found = await explainRow({ scan: scan.value, row }, session.ports)
  if (!found.ok) return session.fail(found.problem)
  session.say(textOf(found.value))
  return exitCode('done')
}
