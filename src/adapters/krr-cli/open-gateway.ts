import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { plainText } from '../../model/plain-text.ts'
import type { LostQuery } from '../../ports/krr-engine.ts'
import { askedAtGateway } from './asked-at-gateway.ts'
import type { AskedAtGateway, Refused } from './asked-at-gateway.ts'
import { lossesOf } from './losses.ts'
import type { Losses } from './losses.ts'
import { pinForm } from './pin-form.ts'
import { whyNoAnswer } from './why-no-answer.ts'
import type { GatewaySettings } from './gateway-settings.ts'

/** What krr takes for its Prometheus, for as long as it runs. */
export interface Gateway {
  readonly url: string
  /** Queries that came in, krr's retries included. */
  asked(): number
  lost(): readonly LostQuery[]
  close(): Promise<void>
}

/**
 * A query API on this machine's loopback that krr is sent to. It adds the time, and forwards with our own transport and
 * credential: krr gets neither, and can ask for nothing but queries. Only who knows the password may ask.
 */
export async function openGateway(settings: GatewaySettings): Promise<Gateway> {
  const closing = new AbortController()
  const losses = lossesOf()
  let asked = 0
  let answered = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const what = await askedAtGateway(request, settings)
    if (what.kind === 'refused') return say(response, what)
    if (what.kind === 'label_values') return say(response, valuesOf(settings))
    asked += 1
    say(response, await forwarded(what, { settings, losses, signal: closing.signal }))
    answered += 1
    settings.progress?.(answered)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    lost: () => losses.list(),
    close: async () => {
      closing.abort()
      await new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      })
    },
  }
}

interface Forwarding {
  readonly settings: GatewaySettings
  readonly losses: Losses
  readonly signal: AbortSignal
}
interface Said {
  readonly status: number
  readonly body: string
}

async function forwarded(
  { path, form }: Extract<AskedAtGateway, { kind: 'query' }>,
  { settings, losses, signal }: Forwarding,
): Promise<Said> {
  const promql = form['query'] ?? ''
  const answer = await settings.forward(path, pinForm(path, form, settings.at), signal)
  const why = whyNoAnswer(answer)
  if (!signal.aborted) losses.note(`${path} ${promql}`, why === undefined ? undefined : { promql, why })
  if (answer.ok && (why === undefined || answer.value.status !== 200)) return answer.value
  return {
    status: 502,
    body: JSON.stringify({ status: 'error', errorType: 'unavailable', error: plainText(why ?? '') }),
  }
}

/** One value, the one we were told: the other clusters' names are none of krr's business. */
const valuesOf = ({ label }: GatewaySettings): Said => ({
  status: 200,
  body: JSON.stringify({ status: 'success', data: label ? [label.value] : [] }),
})

function say(response: ServerResponse, { status, body }: Said | Refused): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

async function listen(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen({ host: '127.0.0.1', port: 0 }, () => {
    const address = server.address()
    resolve(typeof address === 'object' && address ? address.port : 0)
  })
  return await promise
}
