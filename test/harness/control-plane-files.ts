import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AUDIT_POLICY } from './audit-policy.ts'
import { CONTROL_PLANE_USERS, type ControlPlaneUser } from './control-plane-users.ts'

export interface ControlPlaneFiles {
  readonly tokens: Readonly<Record<ControlPlaneUser, string>>
  readonly tokenFile: string
  readonly serviceAccountKeyFile: string
  readonly auditPolicyFile: string
  readonly auditLogFile: string
}

const USERS = Object.entries(CONTROL_PLANE_USERS) as [ControlPlaneUser, { name: string; group: string }][]

/** Writes what an API server must find in its folder before it starts: users, a signing key, an audit policy. */
export async function writeControlPlaneFiles(directory: string): Promise<ControlPlaneFiles> {
  const tokens = perUser(() => randomBytes(24).toString('base64url'))
  const files = {
    tokens,
    tokenFile: join(directory, 'tokens.csv'),
    serviceAccountKeyFile: join(directory, 'service-account.key'),
    auditPolicyFile: join(directory, 'audit-policy.json'),
    auditLogFile: join(directory, 'audit.log'),
  }
  const lines = USERS.map(([user, { name, group }]) => `${tokens[user]},${name},uid-${user},"${group}"`)
  await writeFile(files.tokenFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  await writeFile(files.serviceAccountKeyFile, privateKey(), { mode: 0o600 })
  await writeFile(files.auditPolicyFile, JSON.stringify(AUDIT_POLICY))
  await writeFile(files.auditLogFile, '')
  return files
}

/** One kubeconfig per user, all for the same cluster. */
export async function writeKubeconfigs(
  directory: string,
  cluster: { readonly url: string; readonly ca: string; readonly tokens: Readonly<Record<ControlPlaneUser, string>> },
): Promise<Readonly<Record<ControlPlaneUser, string>>> {
  const files = perUser((user) => join(directory, `${user}.kubeconfig`))
  for (const [user] of USERS) {
    await writeFile(files[user], JSON.stringify(kubeconfig(cluster, user), undefined, 2), { mode: 0o600 })
  }
  return files
}

function kubeconfig(
  cluster: { readonly url: string; readonly ca: string; readonly tokens: Readonly<Record<ControlPlaneUser, string>> },
  user: ControlPlaneUser,
): object {
  const certificate = Buffer.from(cluster.ca).toString('base64')
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'testbed', cluster: { server: cluster.url, 'certificate-authority-data': certificate } }],
    users: [{ name: user, user: { token: cluster.tokens[user] } }],
    contexts: [{ name: 'testbed', context: { cluster: 'testbed', user } }],
    'current-context': 'testbed',
  }
}

function perUser(make: (user: ControlPlaneUser) => string): Readonly<Record<ControlPlaneUser, string>> {
  return Object.fromEntries(USERS.map(([user]) => [user, make(user)])) as Record<ControlPlaneUser, string>
}

function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return key.export({ type: 'pkcs1', format: 'pem' }) as string
}
