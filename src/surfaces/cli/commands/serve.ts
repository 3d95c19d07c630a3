import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { readCommonFlags } from '../common-flags.ts'

export function addServe(program: Command, cli: Cli): void {
  const command = program
    .command('serve')
    .summary('be the MCP server, on standard input and output')
    .description('Speaks MCP on standard input and output. Without a command that is what happens behind a pipe.')
    .action(async () => {
      cli.ended(await cli.deps.serve(readCommonFlags(command, cli.deps.env)))
    })
}
