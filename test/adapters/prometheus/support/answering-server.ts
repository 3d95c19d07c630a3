import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly form: URLSearchParams
}
export interface AnsweringServer {
  readonly url: string
  readonly asked: readonly Asked[]
  readonly connections: () => number
  readonly close: () => Promise<void>
}
export type Answer = (response: ServerResponse, attempt: number) => void

/** A real HTTP server that answers as it is told, and remembers what it was asked. */
export async function answeringServer(answer: Answer): Promise<AnsweringServer> {
  const asked: Asked[] = []
  let connections = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      asked.push({ method, path, headers, form: new URLSearchParams(body) })
      answer(response, asked.length)
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((closed) => server.close(() => closed()))
  }
  return { url: `http://127.0.0.1:${port}`, asked, connections: () => connections, close }
}

export const vector = (result: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more })

/** An answer with a status and a body. */
export const says =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
