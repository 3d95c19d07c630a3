import { isatty } from 'node:tty'
import type { Person } from '../../app/operator/person.ts'
import { readLine } from './read-line.ts'

/**
 * The person at this process's own terminal. There is none unless both ends are a terminal: an answer that comes through
 * a pipe was typed by nobody, and a question that goes into one was read by nobody.
 */
export function terminalPerson(): Person {
  const interactive = isatty(0) && isatty(1)
  return Object.freeze({
    interactive,
    show: (text: string) => void process.stdout.write(`${text}\n`),
    read: (prompt: string) => (interactive ? readLine(prompt) : Promise.resolve(null)),
  })
}
