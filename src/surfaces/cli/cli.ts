import type { Command } from 'commander'
import { problemText } from '../render/problem-text.ts'
import type { CliDeps } from './cli-deps.ts'
import { readCommonFlags } from './common-flags.ts'
import { exitOfProblem } from './exit-of-problem.ts'
import { makeSession, type Session } from './session.ts'

/** What a command's file is given: how to run its work, and how to say with which code it ended. */
export interface Cli {
  readonly deps: CliDeps
  /** Opens the ports that the common options name, does the work, and closes them whatever happens. */
  run(command: Command, work: (session: Session) => Promise<number>): Promise<void>
  ended(code: number): void
}

export function makeCli(deps: CliDeps, ended: (code: number) => void): Cli {
  return {
    deps,
    ended,
    async run(command, work) {
      const opened = await deps.open(readCommonFlags(command, deps.env))
      if (!opened.ok) {
        deps.err(`${problemText(opened.problem, deps.colours)}\n`)
        ended(exitOfProblem(opened.problem))
        return
      }
      try {
        ended(await work(makeSession(deps, opened.value)))
      } finally {
        await opened.value.close()
      }
    },
  }
}
