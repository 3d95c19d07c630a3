import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { IssuedCertificate } from './make-certificate.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Of the client certificate, if one was shown. */
  readonly commonName: string | undefined
}
export type Reply = (response: ServerResponse, request: SeenRequest) => void

export interface FakeApi {
  readonly origin: string
  readonly seen: readonly SeenRequest[]
  /** TCP connections that were ever opened to it. */
  readonly connections: () => number
  /** Answers the next requests in turn; the last one stays. */
  reply(...replies: readonly Reply[]): void
  close(): Promise<void>
}

export interface FakeTls {
  readonly server: IssuedCertificate
  /** Asks clients for a certificate of this authority. */
  readonly clientAuthority?: string
}

/** A real HTTP(S) server on loopback that answers what a test says and remembers what it was asked. */
export async function startFakeApi(tls?: FakeTls): Promise<FakeApi> {
  const seen: SeenRequest[] = []
  let replies: readonly Reply[] = [json(404, { kind: 'Status' })]
  let connections = 0
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = describeRequest(request, Buffer.concat(parts).toString('utf8'))
      seen.push(one)
      const [next, ...rest] = replies
      if (rest.length > 0) replies = rest
      next?.(response, one)
    })
  }
  const server = tls ? createSecureServer(secureOptions(tls), listener) : createServer(listener)
  server.on('connection', () => (connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    connections: () => connections,
    reply: (...given) => {
      replies = given
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const secureOptions = ({ server, clientAuthority }: FakeTls) => ({
  cert: server.cert,
  key: server.key,
  ...(clientAuthority ? { ca: clientAuthority, requestCert: true, rejectUnauthorized: false } : {}),
})

function describeRequest(request: IncomingMessage, body: string): SeenRequest {
  const socket = request.socket as Partial<TLSSocket>
  const peer = socket.getPeerCertificate?.()
  const { method = '', url = '', headers } = request
  return { method, path: url, headers, body, commonName: (peer?.subject as { CN?: string } | undefined)?.CN }
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string | string[]>> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}

/** A Kubernetes `Status`. */
export const status = (code: number, message: string, more: object = {}): Reply =>
  json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code, ...more })
