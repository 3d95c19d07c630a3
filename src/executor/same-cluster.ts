import { millis } from '../model/time.ts'
import { patiently } from './patiently.ts'
import type { Run } from './run.ts'

const PATIENCE_MS = millis(30_000)

/** Why the cluster that answers is not the plan's, as a sentence; null when it is. A kubeconfig can be repointed after a yes. */
export async function whyNotSameCluster(run: Run): Promise<string | null> {
  const found = await patiently(run, PATIENCE_MS, () => run.ports.objects.fingerprint())
  if (!found.ok) return `The cluster could not be identified: ${found.problem.message}`
  return found.value.kubeSystemUid === run.approved.plan.cluster.fingerprint.kubeSystemUid
    ? null
    : 'What answers is another cluster than the one the plan was made for.'
}
