import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Person } from './person.ts'

/** A decision is never read from a pipe: what is not typed at a terminal was not typed by anybody. */
export const needsTerminal = (person: Person, command: string): Result<null> =>
  person.interactive
    ? ok(null)
    : failed(
        problem(
          'no_terminal',
          'This needs an interactive terminal: a person reads the plan and types the answer.',
          `Run it yourself in a terminal: ${command}`,
        ),
      )
