import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'

export interface Forward {
  readonly address: string
  readonly port: number
  readonly close: () => Promise<void>
}

/**
 * A port on this machine's own network address that leads to a loopback port: an API server passes nothing on to loopback.
 * Taken from this machine only.
 */
export async function forwardTo(port: number): Promise<Forward> {
  const address = ownAddress()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    if (socket.remoteAddress !== address) return void socket.destroy()
    const target = connect(port, '127.0.0.1')
    for (const each of [socket, target]) {
      sockets.add(each)
      each.on('error', () => undefined)
      each.on('close', () => {
        socket.destroy()
        target.destroy()
      })
    }
    socket.pipe(target).pipe(socket)
  })
  await new Promise<void>((listening) => server.listen(0, address, listening))
  return {
    address,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const own = all.find(({ family, internal }) => family === 'IPv4' && !internal)
  if (!own) throw new Error('this machine has no network address besides loopback: the proxy cannot be tried here')
  return own.address
}
