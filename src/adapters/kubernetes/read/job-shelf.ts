import type { KubeObject, ObservedContainer } from '../../../model/observation.ts'
import { failed, type Result } from '../../../model/result.ts'
import type { Fold } from './fold-pages.ts'
import { arrayAt, objectAt, textAt } from './json-view.ts'
import { templated } from './kinds/templated.ts'
import { incomplete, observeContainers, observeWorkload, type ObservedWorkload } from './observe-item.ts'
import type { RowChoice } from './row-choice.ts'

type Rows = Result<readonly ObservedContainer[]>

/** The jobs of one label value in one namespace, in API order. */
export interface JobGroup {
  /** The first of them, which speaks for all: its rows, and which job it is. */
  readonly first: { readonly job: ObservedWorkload; readonly rows: Rows }
  readonly names: string[]
}
/** What is kept of a list of jobs. */
export interface JobShelf {
  /** Rows of the jobs that stand for themselves. */
  readonly single: Rows[]
  /** `label=value` → namespace → its jobs; both in the order in which they were first seen, which is krr's. */
  readonly groups: Map<string, Map<string, JobGroup>>
  /** Names of jobs by the uid of the CronJob that made them. */
  readonly ofCronJobs: Map<string, string[]>
}
export interface ShelfRules {
  readonly choice: RowChoice
  /** Namespaces of which nothing at all is to be kept. */
  readonly excluded: ReadonlySet<string>
  readonly labels: readonly string[]
  /** Jobs kept per group and namespace. */
  readonly limit: number
}

/** Sorts jobs page by page: those of a CronJob, those with a label that groups them, and the rest. */
export const jobShelf = (rules: ShelfRules): Fold<JobShelf> => ({
  begin: () => ({ single: [], groups: new Map(), ofCronJobs: new Map() }),
  add: (shelf, item) => {
    const job = observeWorkload(item, 'Job')
    if (rules.excluded.has(job.namespace)) return
    const cronJobs = cronJobsOf(item)
    for (const uid of cronJobs) push(shelf.ofCronJobs, uid, job.name)
    if (cronJobs.length > 0) return
    const labels = rules.labels.filter((label) => Object.hasOwn(job.labels, label))
    for (const label of labels) group(shelf, `${label}=${job.labels[label]}`, { job, item, rules })
    if (labels.length === 0 && rules.choice.wants(job)) shelf.single.push(rowsOf(job, item, rules.choice))
  },
})

interface Found {
  readonly job: ObservedWorkload
  readonly item: KubeObject
  readonly rules: ShelfRules
}
function group({ groups }: JobShelf, key: string, { job, item, rules }: Found): void {
  const byNamespace = groups.get(key) ?? new Map<string, JobGroup>()
  groups.set(key, byNamespace)
  const known = byNamespace.get(job.namespace)
  if (!known)
    byNamespace.set(job.namespace, { first: { job, rows: rowsOf(job, item, rules.choice) }, names: [job.name] })
  else if (known.names.length < rules.limit) known.names.push(job.name)
}

function rowsOf(job: ObservedWorkload, item: KubeObject, { compat }: RowChoice): Rows {
  const template = templated(item)
  return template.containers.length === 0
    ? failed(incomplete(job, 'its containers'))
    : observeContainers(job, template, compat)
}

/** krr looks at the owner's kind alone. */
const cronJobsOf = (item: KubeObject): readonly string[] =>
  arrayAt(item, 'metadata', 'ownerReferences')
    .map((owner) => objectAt(owner))
    .filter((owner) => textAt(owner, 'kind') === 'CronJob')
    .map((owner) => textAt(owner, 'uid') ?? '')

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
