import { keepHeapSmall } from './keep-heap-small.ts'

// Decides which of the three programs this is, and loads only that one.
const [command, ...rest] = process.argv.slice(2)

// The server knows no help of its own, and a person who asks for it must not be left with a server that waits.
const asksForHelp = rest.some((word) => word === '--help' || word === '-h')

/** `serve`, or nothing at all with something else than a person at the other end. */
export const isServer = (): boolean =>
  (command === 'serve' && !asksForHelp) || (command === undefined && !process.stdin.isTTY)

/** Runs the program to its end; returns its exit code. */
export async function runProgram(): Promise<number> {
  keepHeapSmall()
  if (command === 'worker') return (await import('../worker/run-worker.ts')).runWorker(rest)
  if (isServer()) return (await import('../server/run-server.ts')).runServer(rest)
  return (await import('../cli/run-terminal.ts')).runTerminal(process.argv.slice(2))
}
