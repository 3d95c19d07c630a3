import type { ObservedContainer, ObservedPod, WorkloadListing } from '../../model/observation.ts'
import type { WorkloadKind } from '../../model/workload.ts'
import { matchesSelector } from './matches-selector.ts'

type Owned = ObservedPod & { readonly owner: NonNullable<ObservedPod['owner']> }

/** Workloads whose pods are owned by a set of theirs, with a name that begins with the workload's. */
const THROUGH_SETS: Readonly<Record<string, readonly WorkloadKind[]>> = {
  ReplicaSet: ['Deployment', 'Rollout'],
  ReplicationController: ['DeploymentConfig'],
}
const JOB_LABELS = ['batch.kubernetes.io/job-name', 'job-name']

/** Does a row speak for this pod, or would one if its kind could have been read? A bare pod is never spoken for. */
export function podCoverage({ containers, unread }: WorkloadListing): (pod: ObservedPod) => boolean {
  const rows = byWorkload(containers)
  // Of a kind that is not served there is nothing; of one that was not read, anything may be there: that is said already.
  const unknown = new Set(unread.filter(({ reason }) => reason !== 'not_served').map(({ kind }) => kind))
  return ({ owner, ...pod }) => owner !== undefined && isCovered({ ...pod, owner }, rows, unknown)
}

function isCovered(pod: Owned, rows: RowsByPlace, unknown: ReadonlySet<string>): boolean {
  const { kind } = pod.owner
  const through = THROUGH_SETS[kind]
  if (through)
    return through.some((workload) => unknown.has(workload) || rows.of(workload, pod).some((row) => made(row, pod)))
  if (kind === 'Job') return unknown.has('Job') || isOfBatchJob(pod)
  return unknown.has(kind) || rows.of(kind, pod).some(({ name }) => name === pod.owner.name)
}

/** Cheaper than listing all sets: theirs are called `web-7c9f`, and their pods match the workload's selector. */
const made = ({ name, selector }: ObservedContainer, { owner, labels }: Owned): boolean =>
  owner.name.startsWith(`${name}-`) && (selector === undefined || matchesSelector(selector, labels))

/** Every job is a row, or one of a CronJob's or of a group; Kubernetes' own are told from other products' by their label. */
const isOfBatchJob = ({ owner, labels }: Owned): boolean => JOB_LABELS.some((label) => labels[label] === owner.name)

interface RowsByPlace {
  of(kind: string, pod: ObservedPod): readonly ObservedContainer[]
}
/** One row per workload. */
function byWorkload(containers: readonly ObservedContainer[]): RowsByPlace {
  const map = new Map<string, ObservedContainer[]>()
  for (const row of containers) {
    const place = `${row.kind}/${row.namespace}`
    const known = map.get(place)
    if (!known) map.set(place, [row])
    else if (known.at(-1)?.name !== row.name) known.push(row)
  }
  return { of: (kind, { namespace }) => map.get(`${kind}/${namespace}`) ?? [] }
}
