import { failed, ok, type Result } from '../../../model/result.ts'
import type { CredentialSource } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import type { AuthProviderEntry } from './kubeconfig-entries.ts'
import { refreshTokens, type OidcSettings } from './oidc-token-endpoint.ts'
import { readMaterial } from './read-material.ts'
import { bearer } from './static-authorization.ts'

const LEEWAY_SECONDS = 10
type Config = Readonly<Record<string, string>>

/**
 * `auth-provider: oidc`. The id token is used while it is valid, then renewed by the refresh token (by us: client-node 2.0 hands
 * its OIDC library a string where that takes a URL only, so its renewal always fails). The kubeconfig file is never written to.
 */
export function oidcCredential(entry: AuthProviderEntry, file: string): CredentialSource {
  const source = new OidcSource(entry.config ?? {}, file)
  return {
    authorization: () => source.current(),
    clientCertificate: () => Promise.resolve(ok(undefined)),
    refused: () => false,
  }
}

class OidcSource {
  readonly #config: Config
  readonly #file: string
  #idToken: string
  #refreshToken: string
  #running: Promise<Result<string>> | undefined

  constructor(config: Config, file: string) {
    this.#config = config
    this.#file = file
    this.#idToken = config['id-token'] ?? ''
    this.#refreshToken = config['refresh-token'] ?? ''
  }

  current(): Promise<Result<string>> {
    if (secondsLeft(this.#idToken) > LEEWAY_SECONDS)
      return Promise.resolve(bearer(this.#idToken, 'in the oidc auth-provider'))
    // Single flight: many providers accept a refresh token only once.
    this.#running ??= this.#renew().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #renew(): Promise<Result<string>> {
    if (this.#refreshToken === '') return failed(expired('there is no `refresh-token` to renew it with'))
    const settings = await settingsOf(this.#config, this.#file)
    if (!settings.ok) return settings
    try {
      const renewed = await refreshTokens(settings.value, this.#refreshToken)
      this.#refreshToken = renewed.refreshToken ?? this.#refreshToken
      this.#idToken = renewed.idToken
    } catch {
      // The provider's answer is not repeated: it may hold tokens.
      return failed(expired('the provider did not renew it'))
    }
    return secondsLeft(this.#idToken) > 0
      ? bearer(this.#idToken, 'that the provider gave')
      : failed(expired('so is the one that the provider gave'))
  }
}

async function settingsOf(config: Config, file: string): Promise<Result<OidcSettings>> {
  const { 'client-id': clientId, 'idp-issuer-url': issuer, 'client-secret': clientSecret } = config
  if (!clientId || !issuer)
    return failed(expired('`client-id` or `idp-issuer-url`, which are needed to renew it, are not set'))
  const ca = await readMaterial({
    what: 'certificate authority of the oidc provider',
    data: config['idp-certificate-authority-data'],
    path: config['idp-certificate-authority'],
    relativeTo: file,
  })
  return ca.ok ? ok({ issuer, clientId, clientSecret, ca: ca.value }) : ca
}

const expired = (why: string) =>
  credentialFailed(
    `The id token of the oidc auth-provider is expired or unreadable, and ${why}.`,
    'Log in again, so that the kubeconfig gets new tokens.',
  )

/** Of a JWT; −∞ when it cannot be read. The signature is the API server's business. */
function secondsLeft(token: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const expiry =
      typeof payload === 'object' && payload !== null && 'exp' in payload ? Number(payload.exp) : Number.NaN
    return Number.isFinite(expiry) ? expiry - Date.now() / 1000 : -Infinity
  } catch {
    return -Infinity
  }
}
