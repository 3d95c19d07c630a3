import { problem, type Problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { readClientCertificate } from './client-certificate.ts'
import type { CredentialSource } from './cluster-connection.ts'
import type { ConnectionRequest } from './connection-request.ts'
import { execCredential } from './exec-credential.ts'
import { execEnvironment } from './exec-environment.ts'
import { execInfo } from './exec-info.ts'
import type { ClusterEntry, UserEntry } from './kubeconfig-entries.ts'
import { oidcCredential } from './oidc-credential.ts'
import { plainText } from '../../../model/plain-text.ts'
import { hasStaticAuthorization, staticAuthorization } from './static-authorization.ts'

export interface ChosenUser {
  readonly user: UserEntry
  readonly name: string
  readonly file: string
  readonly cluster: ClusterEntry
  readonly ca: string | undefined
}

/** Whom the user entry makes us; every field in it is used or refused, so that nobody is ever asked for as nobody. */
export function credentialSource(
  chosen: ChosenUser,
  environment: ConnectionRequest['environment'],
): Result<CredentialSource> {
  const refused = whyRefused(chosen)
  if (refused) return failed(refused)
  const { user, file, cluster, ca } = chosen
  const written = fromFile(user, file)
  // As for kubectl, a token or password in the entry goes before a plugin.
  if (hasStaticAuthorization(user)) return ok(written)
  if (user['auth-provider'])
    return ok({ ...oidcCredential(user['auth-provider'], file), clientCertificate: written.clientCertificate })
  if (!user.exec) return ok(written)
  const info = execInfo(user.exec, cluster, ca)
  const plugin = execCredential({ entry: user.exec, file, environment: execEnvironment(environment, user.exec, info) })
  return plugin.ok ? ok(pluginFirst(plugin.value, written)) : plugin
}

const fromFile = (user: UserEntry, file: string): CredentialSource => ({
  authorization: () => staticAuthorization(user, file),
  clientCertificate: () => readClientCertificate(user, file),
  refused: () => false,
})

const pluginFirst = (plugin: CredentialSource, written: CredentialSource): CredentialSource => ({
  ...plugin,
  clientCertificate: async () => {
    const certificate = await plugin.clientCertificate()
    return certificate.ok && certificate.value === undefined ? written.clientCertificate() : certificate
  },
})

function whyRefused({ user, name, cluster }: ChosenUser): Problem | undefined {
  const [why, next] = contradiction(user) ?? unencrypted(user, cluster) ?? []
  if (why === undefined || next === undefined) return undefined
  return problem('kubeconfig_field_unsupported', `The user ${plainText(name)} ${plainText(why)}.`, next)
}

type Refusal = readonly [why: string, next: string]

function contradiction(user: UserEntry): Refusal | undefined {
  const provider = user['auth-provider']
  if (provider && provider.name !== 'oidc')
    return [
      `has the auth-provider ${provider.name}, which is not supported`,
      'Replace it by an exec plugin (gke-gcloud-auth-plugin, kubelogin …).',
    ]
  if (provider && user.exec) return ['has both an auth-provider and an exec plugin', 'Remove one of the two.']
  const basic = isSet(user.username, user.password)
  return basic && isSet(user.token, user.tokenFile)
    ? ['has both a token and a password', 'Remove one of the two.']
    : undefined
}

// Over plain HTTP everybody on the way could read and use it.
function unencrypted(user: UserEntry, { server }: ClusterEntry): Refusal | undefined {
  const certificate = isSet(user['client-certificate'], user['client-certificate-data'])
  const credential = certificate || hasStaticAuthorization(user) || isSet(user.exec, user['auth-provider'])
  if (!server.startsWith('http:') || !credential) return undefined
  return [
    'has a credential, and the server is plain http: it will not be sent unencrypted',
    'Use the https address of the API server.',
  ]
}

const isSet = (...fields: readonly unknown[]): boolean => fields.some((field) => field !== undefined && field !== null)
