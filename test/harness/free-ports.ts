import { createServer, type Server } from 'node:net'

// Below the range that the kernel takes outgoing connections from, so that none of them can take a port between
// our looking at it and the server's listening on it.
const FIRST = 20_000
const COUNT = 12_000

/** Loopback ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: { readonly port: number; readonly server: Server }[] = []
  while (held.length < count) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    const server = await listen(port)
    if (server !== undefined) held.push({ port, server })
  }
  await Promise.all(held.map(async ({ server }) => await new Promise((resolve) => server.close(resolve))))
  return held.map(({ port }) => port)
}

async function listen(port: number): Promise<Server | undefined> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
