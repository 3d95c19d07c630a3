import { failed, ok, type Result } from '../../../model/result.ts'
import type { CredentialSource } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import type { AuthProviderEntry } from './kubeconfig-entries.ts'
import { bearer } from './static-authorization.ts'

const LEEWAY_SECONDS = 10

/**
 * `auth-provider: oidc`. The id token is used while it is valid; afterwards client-node (loaded only then) trades the
 * refresh token. The kubeconfig file is never written to.
 */
export function oidcCredential(entry: AuthProviderEntry): CredentialSource {
  const provider = { name: 'oidc', config: { ...entry.config } as Record<string, string> }
  let running: Promise<Result<string>> | undefined
  return {
    authorization: () => {
      const token = provider.config['id-token'] ?? ''
      if (secondsLeft(token) > LEEWAY_SECONDS) return Promise.resolve(bearer(token, 'in the oidc auth-provider'))
      // Single flight: many providers accept a refresh token only once.
      running ??= refresh(provider).finally(() => (running = undefined))
      return running
    },
    clientCertificate: () => Promise.resolve(ok(undefined)),
    refused: () => false,
  }
}

async function refresh(provider: { name: string; config: Record<string, string> }): Promise<Result<string>> {
  const missing = ['id-token', 'refresh-token', 'client-id', 'idp-issuer-url'].find((field) => !provider.config[field])
  if (missing) return failed(expired(`and \`${missing}\`, which is needed to renew it, is not set`))
  try {
    const { KubeConfig } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    const user = { name: 'oidc', authProvider: provider }
    config.loadFromClusterAndUser({ name: 'oidc', server: 'https://oidc.invalid', skipTLSVerify: false }, user)
    // Fills headers only; nothing is sent to the cluster. It writes the new tokens into `provider.config`.
    await config.applyToHTTPSOptions({ headers: {} })
  } catch {
    // The provider's answer is not repeated: it may hold tokens.
    return failed(expired('and the provider did not renew it'))
  }
  const renewed = provider.config['id-token'] ?? ''
  return secondsLeft(renewed) > 0
    ? bearer(renewed, 'that the provider gave')
    : failed(expired('and so is the one the provider gave'))
}

const expired = (why: string) =>
  credentialFailed(
    `The id token of the oidc auth-provider is expired or unreadable, ${why}.`,
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
