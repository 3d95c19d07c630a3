import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ConnectionTls } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import type { ClusterEntry } from './kubeconfig-entries.ts'
import { plainText } from '../../../model/plain-text.ts'
import { readMaterial } from './read-material.ts'

/** How the server is to be recognised, from a cluster entry of the kubeconfig `file`. */
export async function readTls(entry: ClusterEntry, file: string): Promise<Result<ConnectionTls>> {
  const ca = await readMaterial({
    what: 'certificate authority',
    data: entry['certificate-authority-data'],
    path: entry['certificate-authority'],
    relativeTo: file,
  })
  if (!ca.ok) return ca
  const insecureSkipVerify = entry['insecure-skip-tls-verify'] === true
  // kubectl refuses this too: a reader of the file would believe that the CA is checked.
  if (ca.value !== undefined && insecureSkipVerify) return failed(contradiction(file))
  if (ca.value !== undefined && !ca.value.includes('-----BEGIN CERTIFICATE-----')) return failed(noCertificate(file))
  const servername = entry['tls-server-name']
  return ok({
    insecureSkipVerify,
    ...(ca.value === undefined ? {} : { ca: ca.value }),
    ...(servername ? { servername } : {}),
  })
}

const contradiction = (file: string) =>
  problem(
    'bad_setting',
    `In ${plainText(file)} the cluster has a certificate authority and \`insecure-skip-tls-verify: true\`, which contradict each other.`,
    'Remove `insecure-skip-tls-verify` to have the server checked.',
  )
const noCertificate = (file: string) =>
  credentialFailed(
    `The certificate authority of the cluster in ${file} holds no PEM certificate.`,
    'Check `certificate-authority` or `certificate-authority-data`.',
  )
