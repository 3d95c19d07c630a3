import type { LabelSelector, ObservedPod, WorkloadListing } from '../../model/observation.ts'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { ScanReader } from '../../ports/cluster-reader.ts'
import type { Sample, UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import type { Recording } from './recording.ts'

/** What a scan reads. */
export interface ReadPorts {
  readonly cluster: ScanReader
  readonly usage: UsageReader
}

/** The same readers; what they answer to this scan is kept in the recording. */
export const recordingPorts = ({ cluster, usage }: ReadPorts, recording: Recording): ReadPorts => ({
  cluster: recordingCluster(cluster, recording),
  usage: recordingUsage(usage, recording),
})

function recordingCluster(cluster: ScanReader, recording: Recording): ScanReader {
  let selected: Set<string> | undefined
  return {
    // Stands in the first line of the file.
    fingerprint: () => cluster.fingerprint(),
    workloads: (scope) =>
      recording.keep({ method: 'workloads', scope }, async () => {
        const listing = await cluster.workloads(scope)
        if (listing.ok) selected = new Set([...JOB_LABELS, ...(selected ?? []), ...selectorKeys(listing.value)])
        return listing
      }),
    autoscalers: (scope) => recording.keep({ method: 'autoscalers', scope }, () => cluster.autoscalers(scope)),
    pods: (query) =>
      recording.keep({ method: 'pods', query }, async () => withLabels(await cluster.pods(query), selected)),
  }
}

function recordingUsage(usage: UsageReader, recording: Recording): UsageReader {
  const { origin, engine, notes, clusterLabel } = usage
  return {
    origin,
    ...(engine === undefined ? {} : { engine }),
    ...(notes === undefined ? {} : { notes }),
    ...(clusterLabel === undefined ? {} : { clusterLabel }),
    instant: (promql, at, signal) =>
      recording.keep({ method: 'instant', promql, at }, async () => inOrder(await usage.instant(promql, at, signal))),
    range: (promql, window, signal) =>
      recording.keep({ method: 'range', promql, window }, async () =>
        inOrder(await usage.range(promql, window, signal)),
      ),
  }
}

/**
 * By their labels: a server gives rows in any order, another one each time, and the same scan makes the same recording. The
 * scan goes on with the same order.
 */
function inOrder<Row extends Pick<Sample, 'labels'>>(
  answer: Result<readonly Row[], UsageProblem>,
): Result<readonly Row[], UsageProblem> {
  if (!answer.ok) return answer
  // With all labels, those as well that are not kept: they tell twins apart.
  const rows = answer.value.map((row) => ({ row, key: JSON.stringify(row.labels) }))
  const sorted = rows.toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
  return ok(sorted.map(({ row }) => row))
}

/** By these, pods of Kubernetes' own jobs are told from others. */
const JOB_LABELS = ['batch.kubernetes.io/job-name', 'job-name']

function selectorKeys({ containers }: WorkloadListing): readonly string[] {
  return containers.flatMap(({ selector }) => (selector ? keysOf(selector) : []))
}
const keysOf = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly string[] => [
  ...Object.keys(matchLabels),
  ...matchExpressions.map(({ key }) => key),
]

/**
 * A pod can carry anybody's labels (a notebook's has its user's address): only those by which its workload is found, or all
 * where that is not known yet. The scan goes on with the same, so that it cannot know more than its replay.
 */
function withLabels(
  pods: Result<readonly ObservedPod[]>,
  selected: ReadonlySet<string> | undefined,
): Result<readonly ObservedPod[]> {
  if (!pods.ok || !selected) return pods
  return ok(
    pods.value.map((pod) => ({
      ...pod,
      labels: Object.fromEntries(Object.entries(pod.labels).filter(([key]) => selected.has(key))),
    })),
  )
}
