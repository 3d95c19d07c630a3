import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ConnectionRequest } from './connection-request.ts'
import { findKubeconfig } from './find-kubeconfig.ts'
import { inCluster } from './in-cluster.ts'
import type { KubeconfigDocument } from './kubeconfig-document.ts'
import { loadKubeconfig } from './load-kubeconfig.ts'

/** The operator's kubeconfig, several files merged, or the pod's own account as one. */
export async function findDocument(request: ConnectionRequest): Promise<Result<KubeconfigDocument>> {
  const { found, looked } = findKubeconfig(request)
  if (found.length > 0) return loadKubeconfig(found)
  // A path that was asked for and is missing must not become the pod's own account.
  const own = request.kubeconfig === undefined ? inCluster(request) : undefined
  return own ? ok(own) : failed(noKubeconfig(looked))
}

function noKubeconfig(looked: readonly string[]): Problem {
  return problem(
    'no_kubeconfig',
    `There is no kubeconfig; looked for ${looked.map((place) => plainText(place)).join(', ')}.`,
    'Name one with --kubeconfig, or set KUBECONFIG.',
  )
}
