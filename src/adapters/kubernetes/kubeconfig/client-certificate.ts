import { failed, ok, type Result } from '../../../model/result.ts'
import type { ClientCertificate } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import type { UserEntry } from './kubeconfig-entries.ts'
import { readMaterial } from './read-material.ts'

/** The user's client certificate; undefined when the entry has none. */
export async function readClientCertificate(
  user: UserEntry,
  file: string,
): Promise<Result<ClientCertificate | undefined>> {
  const cert = await readMaterial({
    what: 'client certificate',
    data: user['client-certificate-data'],
    path: user['client-certificate'],
    relativeTo: file,
  })
  if (!cert.ok) return cert
  const key = await readMaterial({
    what: 'client key',
    data: user['client-key-data'],
    path: user['client-key'],
    relativeTo: file,
  })
  if (!key.ok) return key
  if (cert.value === undefined && key.value === undefined) return ok(undefined)
  // Half a pair would connect as nobody.
  if (cert.value === undefined || key.value === undefined) return failed(half(file))
  return ok({ cert: cert.value, key: key.value })
}

const half = (file: string) =>
  credentialFailed(
    `The user in ${file} has a client certificate or a client key, but not both.`,
    'Set `client-certificate` and `client-key` (or their `-data` forms) together.',
  )
