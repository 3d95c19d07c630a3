import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { addApply } from './commands/apply.ts'
import { addApprovals } from './commands/approvals.ts'
import { addApprove } from './commands/approve.ts'
import { addAudit } from './commands/audit.ts'
import { addExplain } from './commands/explain.ts'
import { addHistory } from './commands/history.ts'
import { addPolicy } from './commands/policy.ts'
import { addPreview } from './commands/preview.ts'
import { addRefuse } from './commands/refuse.ts'
import { addRollback } from './commands/rollback.ts'
import { addScan, addStrategyScan } from './commands/scan.ts'
import { addServe } from './commands/serve.ts'
import { addShow } from './commands/show.ts'
import { addStop } from './commands/stop.ts'
import { addWatch } from './commands/watch.ts'
import { addCommonFlags } from './common-flags.ts'
import { helpStyle } from './help-style.ts'
import { exitCodesText } from './exit-codes-text.ts'

type AddCommand = (program: Command, cli: Cli) => void
const GROUPS: readonly (readonly [title: string, commands: readonly AddCommand[]])[] = [
  [
    'Look (changes nothing):',
    [addScan, addStrategyScan('simple'), addStrategyScan('simple_limit'), addExplain, addPreview, addShow],
  ],
  ['Decide (a person, at a terminal):', [addApprovals, addApprove, addRefuse]],
  ['Change and undo:', [addApply, addWatch, addStop, addRollback, addHistory]],
  ['Operate:', [addAudit, addPolicy, addServe]],
]

/** The whole command line: every command with its options and help. Nothing is run until it is parsed. */
export function makeProgram(cli: Cli): Command {
  const { deps } = cli
  const program = new Command('krr-mcp')
    .description('Right-size Kubernetes workloads with krr’s numbers. Nothing changes without a person’s yes.')
    .usage('COMMAND [options]')
    .version(deps.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureHelp(helpStyle(deps))
    // What is wrong is said by whoever catches it, in our own two lines.
    .configureOutput({
      writeOut: deps.out,
      writeErr: deps.err,
      getOutHasColors: () => deps.colours,
      getErrHasColors: () => deps.colours,
      outputError: () => undefined,
    })
    .addHelpText('after', () => `\n${exitCodesText()}\n\nnext: krr-mcp scan`)
  addCommonFlags(program)
  for (const [title, commands] of GROUPS) {
    program.commandsGroup(title)
    for (const add of commands) add(program, cli)
  }
  // Else it stands in a group of its own.
  const help = new Command('help').argument('[COMMAND]').description('show help for a command')
  return program.addHelpCommand(help.helpGroup(GROUPS.at(-1)?.[0] ?? ''))
}
