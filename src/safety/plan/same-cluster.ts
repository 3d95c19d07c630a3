import type { ClusterFingerprint } from '../../model/cluster.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { quoted } from '../../model/safe-text.ts'
import type { PlanPorts } from './plan-wish.ts'

const NAMES: Readonly<Record<keyof ClusterFingerprint, string>> = {
  kubeSystemUid: 'the UID of kube-system',
  apiOrigin: "the API server's address",
  caHash: 'the certificate authority',
  serverVersion: "the server's version",
}
const KEYS: readonly (keyof ClusterFingerprint)[] = ['kubeSystemUid', 'apiOrigin', 'caHash', 'serverVersion']
/** An undo must find its cluster also after an upgrade, a new certificate or through another address. */
export const BY_IDENTITY_ALONE: readonly (keyof ClusterFingerprint)[] = ['kubeSystemUid']

/**
 * Whether we talk to the cluster that `expected` was taken from, and in the same way. Contexts are switched and
 * kubeconfigs are replaced under our feet; the values are right for one cluster only.
 */
export async function sameCluster(
  expected: ClusterFingerprint,
  { objects }: PlanPorts,
  keys: readonly (keyof ClusterFingerprint)[] = KEYS,
): Promise<Result<ClusterFingerprint>> {
  const live = await objects.fingerprint()
  if (!live.ok) return live
  const other = keys.find((key) => live.value[key] !== expected[key])
  if (other === undefined) return ok(live.value)
  return failed(
    problem(
      'other_cluster',
      `This is not the cluster, or not the way to it, that the values came from: ${NAMES[other]} is ${quoted(live.value[other], 100)}, it was ${quoted(expected[other], 100)}.`,
      'Go back to that cluster, or scan this one (scan_recommendations) and choose from the new scan.',
    ),
  )
}
