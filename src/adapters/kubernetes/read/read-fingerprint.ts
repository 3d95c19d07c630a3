import type { ClusterFingerprint } from '../../../model/cluster.ts'
import { sha256 } from '../../../model/hash.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { textAt } from './json-view.ts'

/** Which cluster this is and how we talk to it. Asked anew each time: an address can begin to mean another cluster. */
export async function readFingerprint(
  transport: ApiTransport,
  connection: ClusterConnection,
): Promise<Result<ClusterFingerprint>> {
  const [kubeSystem, version] = await Promise.all([
    transport.send({ method: 'GET', path: '/api/v1/namespaces/kube-system' }),
    transport.send({ method: 'GET', path: '/version' }),
  ])
  if (!kubeSystem.ok) return kubeSystem
  if (!version.ok) return version
  const kubeSystemUid = textAt(kubeSystem.value.body, 'metadata', 'uid')
  const serverVersion = textAt(version.value.body, 'gitVersion')
  if (!kubeSystemUid || !serverVersion) return failed(notKubernetes)
  const { origin: apiOrigin, tls } = connection
  return ok({ kubeSystemUid, apiOrigin, caHash: tls.ca === undefined ? 'system' : sha256(tls.ca), serverVersion })
}

const notKubernetes = problem(
  'api_malformed',
  'The API server says neither its version nor the identity of its namespace kube-system.',
  'Check that the server address in the kubeconfig is a Kubernetes API.',
)
