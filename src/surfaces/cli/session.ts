import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Problem } from '../../model/problem.ts'
import { jsonText } from '../render/json-text.ts'
import type { TextOptions } from '../render/plan-text.ts'
import { problemText } from '../render/problem-text.ts'
import type { CliDeps } from './cli-deps.ts'
import { exitOfProblem } from './exit-of-problem.ts'
import { inCommands } from './in-commands.ts'

/** One command under way: the opened ports, and where its words go. */
export interface Session {
  readonly deps: CliDeps
  readonly ports: AppPorts
  /** A result. */
  say(text: string): void
  /** A remark beside the result: it must not get into a pipe. */
  remark(text: string): void
  json(value: unknown): void
  /** Says what is wrong and what to do; returns the exit code. */
  fail(problem: Problem): number
  text(): TextOptions
}

export function makeSession(deps: CliDeps, ports: AppPorts): Session {
  return {
    deps,
    ports,
    say: (text) => deps.out(`${text}\n`),
    remark: (text) => deps.err(`${text}\n`),
    json: (value) => deps.out(`${jsonText(value)}\n`),
    fail({ reason, message, next }) {
      const said = { message: inCommands(message), next: inCommands(next, ports.command) }
      deps.err(`${problemText(said, deps.colours)}\n`)
      return exitOfProblem({ reason })
    },
    text: () => ({ now: ports.clock.now().wall, colour: deps.colours }),
  }
}
