import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { sha256 } from '../../model/hash.ts'
import type { QueryPath } from '../../ports/krr-engine.ts'
import type { GatewaySettings } from './gateway-settings.ts'

export interface Refused {
  readonly kind: 'refused'
  readonly status: number
  readonly body: string
}
export type AskedAtGateway =
  | { readonly kind: 'query'; readonly path: QueryPath; readonly form: Readonly<Record<string, string>> }
  | { readonly kind: 'label_values' }
  | Refused

/** krr's longest queries name fifty pods. */
const MOST_BYTES = 1 << 20
const PATHS: readonly QueryPath[] = ['/api/v1/query', '/api/v1/query_range']
const FIELDS: readonly string[] = ['query', 'start', 'end', 'step', 'time']

/** What a request at the gateway is about; whatever is not one of krr's questions is refused. */
export async function askedAtGateway(
  request: IncomingMessage,
  { password, label }: Pick<GatewaySettings, 'password' | 'label'>,
): Promise<AskedAtGateway> {
  // Any user of this machine can connect to its loopback; behind this is somebody's access to Prometheus. 403, since krr
  // takes 401 for a token that ran out.
  if (!knowsPassword(request, password)) return refused(403, 'this is for one run of krr alone')
  const url = new URL(request.url ?? '/', 'http://gateway')
  const { method } = request
  if (method !== 'POST' && method !== 'GET') return refused(405, 'queries are asked with POST or GET')
  if (label && url.pathname === `/api/v1/label/${label.name}/values`) return { kind: 'label_values' }
  const path = PATHS.find((each) => each === url.pathname)
  if (!path) return refused(404, 'only queries are forwarded')
  const body = method === 'POST' ? await bodyOf(request) : ''
  if (body === undefined) return refused(413, 'the query is too long')
  const given = [...url.searchParams, ...new URLSearchParams(body)]
  return { kind: 'query', path, form: Object.fromEntries(given.filter(([name]) => FIELDS.includes(name))) }
}

function knowsPassword(request: IncomingMessage, password: string): boolean {
  const expected = `Basic ${Buffer.from(`krr:${password}`).toString('base64')}`
  const digest = (text: string): Buffer => Buffer.from(sha256(text), 'hex')
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(expected))
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST_BYTES) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const refused = (status: number, error: string): Refused => ({
  kind: 'refused',
  status,
  body: JSON.stringify({ status: 'error', errorType: 'refused', error }),
})
