import { CommanderError } from 'commander'
import { problem } from '../../model/problem.ts'
import { problemText } from '../render/problem-text.ts'
import { makeCli } from './cli.ts'
import type { CliDeps } from './cli-deps.ts'
import { readCommonFlags } from './common-flags.ts'
import { exitCode } from './exit-codes.ts'
import { makeProgram } from './program.ts'

type Program = ReturnType<typeof makeProgram>

/** Runs one command line (without node and program) and returns its exit code. Ends nothing but itself. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  let code = exitCode('done')
  const cli = makeCli(deps, (given) => {
    code = given
  })
  const program = makeProgram(cli)
  try {
    // A program of its own to look with: read twice by one, the values of a repeatable option would be there twice.
    const looking = makeProgram(cli)
    const { operands, unknown } = looking.parseOptions([...argv])
    if (operands.length + unknown.length === 0) return await withoutCommand(looking, deps)
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return usageEnd(error, { argv, program, deps })
    throw error
  }
}

async function withoutCommand(program: Program, deps: CliDeps): Promise<number> {
  if (deps.inputIsPipe === true) return deps.serve(readCommonFlags(program, deps.env))
  program.outputHelp()
  return exitCode('done')
}

interface Usage {
  readonly argv: readonly string[]
  readonly program: Program
  readonly deps: CliDeps
}

function usageEnd(error: CommanderError, { argv, program, deps }: Usage): number {
  if (error.exitCode === 0) return exitCode('done')
  // A group without its command: commander has shown the help already.
  if (error.code === 'commander.help') return exitCode('usage')
  const command = argv.map((word) => program.commands.find((each) => each.name() === word)).find((each) => each)
  const help = ['krr-mcp', ...(command ? [command.name()] : []), '--help'].join(' ')
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  deps.err(`${problemText(problem('bad_setting', message, help), deps.colours)}\n`)
  return exitCode('usage')
}
