import { problem, type Problem } from '../../../model/problem.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { plainText } from '../../../model/plain-text.ts'

/** Without a checked certificate anybody on the way could be the API server and answer that all is well. */
export function whyNotTrusted({ origin, tls, context }: ClusterConnection): Problem | undefined {
  if (origin.startsWith('https:') && !tls.insecureSkipVerify) return undefined
  const why = tls.insecureSkipVerify ? 'the check of its certificate is switched off' : 'its address is plain http'
  return problem(
    'request_refused_here',
    `Nothing is written to context ${plainText(context, 100)}, because ${why}: whoever answers there may not be your cluster.`,
    'Remove `insecure-skip-tls-verify` and set `certificate-authority` (and an https address) for this cluster in the kubeconfig.',
  )
}
