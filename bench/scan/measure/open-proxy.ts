import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'

/** One query that went through. */
export interface SeenQuery {
  readonly path: string
  readonly form: Readonly<Record<string, string>>
}
export interface QueryProxy {
  readonly url: string
  /** Since the last call of this. */
  take(): readonly SeenQuery[]
  close(): Promise<void>
}

/**
 * What both sides take for their Prometheus: counts queries and evaluates them as of one time, whatever was asked. krr
 * asks for "now" and a server process for half a minute ago; the world ends at its own time.
 */
export async function openProxy(prometheus: string, at: number): Promise<QueryProxy> {
  const forward = forwarder(prometheus)
  let seen: SeenQuery[] = []
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://proxy')
      const given = Object.fromEntries([...searchParams, ...new URLSearchParams(await textOf(request))])
      const query = { path: pathname, form: pinned(pathname, given, at) }
      seen.push(query)
      forward.send(query, request, response)
    }
    pass().catch(() => response.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    take: () => {
      const taken = seen
      seen = []
      return taken
    },
    close: async () => {
      forward.close()
      await new Promise((closed) => {
        server.close(closed)
        server.closeAllConnections()
      })
    },
  }
}

interface Forwarder {
  send(query: SeenQuery, request: IncomingMessage, response: ServerResponse): void
  close(): void
}
/** Answers go through as they are, compressed where they were asked for so. */
function forwarder(prometheus: string): Forwarder {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(prometheus)
  return {
    close: () => agent.destroy(),
    send: ({ path, form }, request, response) => {
      const body = new URLSearchParams(form).toString()
      const accepted = request.headers['accept-encoding']
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        ...(accepted === undefined ? {} : { 'accept-encoding': accepted }),
      }
      const sent = send({ agent, hostname, port, path, method: 'POST', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      sent.once('error', () => response.destroy())
      sent.end(body)
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function pinned(path: string, form: SeenQuery['form'], at: number): SeenQuery['form'] {
  if (path === '/api/v1/query') return { ...form, time: String(at) }
  if (path !== '/api/v1/query_range') return form
  const length = Number(form['end']) - Number(form['start'])
  return { ...form, start: String(at - length), end: String(at) }
}
