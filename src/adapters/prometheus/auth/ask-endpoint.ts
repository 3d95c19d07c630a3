import { Agent, request } from 'undici'
import { plainText } from '../../../model/plain-text.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { CloudSources } from './cloud-sources.ts'
import { credentialFailed } from './credential-failed.ts'
import { jsonText } from './json-member.ts'

export interface EndpointQuestion {
  readonly url: string
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  /** Metadata services of the machine itself speak plain HTTP; they are reached without leaving it. */
  readonly plainHttp?: boolean
  readonly timeoutMs?: number
}

const MOST_BYTES = 1 << 20

/** Asks an endpoint that hands out tokens. The answer's text for 200; nothing of what was sent gets into a problem. */
export async function askEndpoint(question: EndpointQuestion, { ca }: CloudSources): Promise<Result<string>> {
  const place = URL.canParse(question.url) ? new URL(question.url) : undefined
  // Secrets and tokens never travel in the clear.
  if (!place || !mayGoTo(place, question)) return refused(plainText(question.url, 100), 'it is no https:// address')
  const agent = new Agent({ maxResponseSize: MOST_BYTES, connect: { rejectUnauthorized: true, ...(ca && { ca }) } })
  try {
    return await exchange(place, question, agent)
  } catch (error) {
    return refused(place.origin, plainText(wordFor(error), 100))
  } finally {
    await agent.destroy()
  }
}

const mayGoTo = ({ protocol }: URL, { plainHttp = false }: EndpointQuestion): boolean =>
  protocol === 'https:' || (plainHttp && protocol === 'http:')

async function exchange(place: URL, question: EndpointQuestion, dispatcher: Agent): Promise<Result<string>> {
  const { method = 'GET', headers = {}, form, timeoutMs = 10_000 } = question
  const typed = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const answer = await request(place, {
    dispatcher,
    method,
    headers: { ...typed, ...headers },
    body: form ? new URLSearchParams(form).toString() : null,
    signal: AbortSignal.timeout(timeoutMs),
  })
  const text = await answer.body.text()
  // A redirect is no success: what we sent is meant for this address alone.
  return answer.statusCode === 200 ? ok(text) : refused(place.origin, `status ${answer.statusCode}${reason(text)}`)
}

function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return 'code' in error ? String(error.code) : error.name
}

/** What the vendor says of it: an error code or sentence, never the whole body. */
function reason(text: string): string {
  const [said] = ['error_description', 'message', 'Message', 'error']
    .map((name) => jsonText(text, name))
    .filter(Boolean)
  const sentence = said ?? /<Message>([^<]*)</.exec(text)?.[1]
  return sentence === undefined ? '' : `: ${plainText(sentence, 200)}`
}

const refused = (origin: string, why: string): Result<never> =>
  failed(
    credentialFailed(
      `No token for Prometheus from ${origin}: ${why}.`,
      'Check the identity that this program runs with, and that it may reach that address; docs/prometheus.md says where it is looked for.',
    ),
  )
