import type { ApiTransport } from '../http/api-transport.ts'
import { foldPages } from './fold-pages.ts'
import { inOrder } from './in-order.ts'
import { jobShelf } from './job-shelf.ts'
import type { KindListing, ListedScope } from './read-kind.ts'

type Known = ReadonlyMap<string, readonly string[]>
export interface CronJobQuery {
  readonly listed: ListedScope
  /** What a listing of all jobs has shown, if there was one. */
  readonly known: Known | undefined
}

const NAMESPACES_AT_ONCE = 4

/** The rows of CronJobs with the jobs that they own now: where the metrics know no pod, those lead to the pods that there are. */
export async function jobsOfCronJobs(
  transport: ApiTransport,
  cronJobs: KindListing,
  { listed, known }: CronJobQuery,
): Promise<KindListing> {
  if (cronJobs.containers.length === 0) return cronJobs
  // The selector is about the CronJobs; their jobs need not have its labels.
  const jobs = known && !listed.labelSelector ? known : await listTheirJobs(transport, cronJobs, listed)
  const containers = cronJobs.containers.map((row) => {
    const names = jobs.get(row.uid)
    return names ? { ...row, jobs: names } : row
  })
  return { ...cronJobs, containers }
}

/** Without the permission to list jobs there are none: the metrics mostly know the pods anyway. */
async function listTheirJobs(
  transport: ApiTransport,
  { containers }: KindListing,
  { namespaces, choice }: ListedScope,
): Promise<Known> {
  const inUse = new Set(containers.map(({ namespace }) => namespace))
  const fold = jobShelf({
    choice: { ...choice, wants: () => false },
    excluded: namespaces.excluded,
    labels: [],
    limit: 0,
  })
  const wanted = namespaces.lists.filter((list) => list === undefined || inUse.has(list))
  const lists = await inOrder(wanted, NAMESPACES_AT_ONCE, (namespace) =>
    foldPages(transport, { api: '/apis/batch/v1', plural: 'jobs', namespace }, fold),
  )
  return new Map(lists.flatMap((list) => (list.ok ? [...list.value.ofCronJobs] : [])))
}
