// The door: decides which of the three programs this is, and loads only that one.
const [command, ...rest] = process.argv.slice(2)

/** `serve`, or nothing at all with something else than a person at the other end. */
const isServer = (): boolean => command === 'serve' || (command === undefined && !process.stdin.isTTY)

async function run(): Promise<number> {
  if (command === 'worker') return (await import('../worker/run-worker.ts')).runWorker(rest)
  if (isServer()) return (await import('../server/run-server.ts')).runServer(rest)
  return (await import('../cli/run-terminal.ts')).runTerminal(process.argv.slice(2))
}

process.exitCode = await run()
