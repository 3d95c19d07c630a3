import type { Command } from 'commander'
import type { CommonOptions } from '../options/common-options.ts'
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
  /** The same with these options; returns the code. */
  runWith(options: CommonOptions, work: (session: Session) => Promise<number>): Promise<number>
  ended(code: number): void
}

export function makeCli(deps: CliDeps, ended: (code: number) => void): Cli {
  const runWith: Cli['runWith'] = async (options, work) => {
    const opened = await deps.open(options)
    if (!opened.ok) {
      deps.err(`${problemText(opened.problem, deps.colours)}\n`)
      return exitOfProblem(opened.problem)
    }
    try {
      return await work(makeSession(deps, opened.value))
    } finally {
      await opened.value.close()
    }
  }
  return {
    deps,
    ended,
    run: async (command, work) => ended(await runWith(readCommonFlags(command, deps.env), work)),
    runWith,
  }
}
