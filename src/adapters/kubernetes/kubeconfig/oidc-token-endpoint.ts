import { Agent, request } from 'undici'
import { z } from 'zod'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** PEM; absent = what Node trusts. */
  readonly ca: string | undefined
}
export interface OidcTokens {
  readonly idToken: string
  /** Providers that rotate refresh tokens accept the old one never again. */
  readonly refreshToken: string | undefined
}

const TIME_LIMIT = 20_000
const MOST_BYTES = 1 << 20
const discovered = z.looseObject({
  issuer: z.string(),
  token_endpoint: z.string(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})
const tokens = z.looseObject({ id_token: z.string(), refresh_token: z.string().optional() })

/** Trades a refresh token for a new id token (OpenID Connect discovery, RFC 6749 §6). Rejects when anything is not as it must be. */
export async function refreshTokens(settings: OidcSettings, refreshToken: string): Promise<OidcTokens> {
  const agent = new Agent({
    maxResponseSize: MOST_BYTES,
    connect: settings.ca === undefined ? {} : { ca: settings.ca },
  })
  try {
    const provider = discovered.parse(await ask(agent, discoveryAddress(settings.issuer)))
    if (provider.issuer !== settings.issuer) throw new Error('another issuer answers')
    const methods = provider.token_endpoint_auth_methods_supported
    const answer = await ask(agent, provider.token_endpoint, tokenRequest(settings, refreshToken, methods))
    const { id_token: idToken, refresh_token: rotated } = tokens.parse(answer)
    return { idToken, refreshToken: rotated }
  } finally {
    await agent.destroy()
  }
}

const discoveryAddress = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

interface TokenRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// Without a list of methods the standard's default is basic authentication.
function tokenRequest(
  { clientId, clientSecret }: OidcSettings,
  refreshToken: string,
  methods: readonly string[] = ['client_secret_basic'],
): TokenRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  if (clientSecret && methods.includes('client_secret_basic')) {
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`
    return {
      headers: { ...headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      body: form.toString(),
    }
  }
  form.set('client_id', clientId)
  if (clientSecret) form.set('client_secret', clientSecret)
  return { headers, body: form.toString() }
}

async function ask(agent: Agent, address: string, post?: TokenRequest): Promise<unknown> {
  // Tokens and secrets never travel in the clear.
  if (new URL(address).protocol !== 'https:') throw new Error('not https')
  const signal = AbortSignal.timeout(TIME_LIMIT)
  const answer = await request(address, {
    dispatcher: agent,
    signal,
    method: post ? 'POST' : 'GET',
    headers: post?.headers ?? {},
    body: post?.body ?? null,
  })
  const text = await answer.body.text()
  // A redirect is no success: what we sent is meant for this address alone.
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`)
  return JSON.parse(text)
}
