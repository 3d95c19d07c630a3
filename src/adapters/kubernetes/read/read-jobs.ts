import type { ObservedContainer, Scope } from '../../../model/observation.ts'
import type { Problem } from '../../../model/problem.ts'
import { problem } from '../../../model/problem.ts'
import type { WorkloadKind } from '../../../model/workload.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { foldPages } from './fold-pages.ts'
import { groupedJobs } from './grouped-jobs.ts'
import { inOrder } from './in-order.ts'
import { jobShelf, type JobShelf } from './job-shelf.ts'
import { CountedPages, type PageAllowance } from './page-allowance.ts'
import type { KindListing, ListedScope } from './read-kind.ts'
import { nothingRead, unreadKind } from './unread-kind.ts'

export interface JobQuery extends ListedScope, Pick<Scope, 'jobGrouping' | 'jobPages'> {
  readonly kinds: readonly WorkloadKind[]
}
export interface JobListing {
  /** Absent where that kind is not asked for. */
  readonly jobs: KindListing | undefined
  readonly grouped: KindListing | undefined
  /** Names of jobs by the uid of the CronJob that made them. */
  readonly ofCronJobs: ReadonlyMap<string, readonly string[]>
}

const NAMESPACES_AT_ONCE = 4

/** Jobs that stand for themselves, and groups of jobs, from one listing (krr lists them twice). */
export async function readJobs(transport: ApiTransport, query: JobQuery): Promise<JobListing> {
  const { kinds, choice, jobGrouping } = query
  const pages = query.jobPages && new CountedPages(query.jobPages)
  const lists = await listJobs(transport, query, pages)
  const shelves = lists.flatMap((list) => (list.ok ? [list.value] : []))
  const failures = lists.flatMap((list) => (list.ok ? [] : [list.problem]))
  const cut = pages?.cut === true ? [cutShort(pages)] : []
  const listing = (kind: WorkloadKind, rows: JobShelf['single']): KindListing | undefined => {
    if (!kinds.includes(kind) || (kind === 'GroupedJob' && !jobGrouping?.labels.length)) return undefined
    return {
      nothing: nothingRead(lists),
      containers: rows.flatMap((row) => (row.ok ? row.value.filter(choice.wantsContainer) : [])),
      unread: unreadKind(kind, {
        lists: failures,
        objects: [...cut, ...rows.flatMap((row) => (row.ok ? [] : [row.problem]))],
      }),
    }
  }
  return {
    jobs: listing(
      'Job',
      shelves.flatMap(({ single }) => single),
    ),
    grouped: listing('GroupedJob', wantedGroups(shelves, query)),
    ofCronJobs: new Map(shelves.flatMap(({ ofCronJobs }) => [...ofCronJobs])),
  }
}

function listJobs(transport: ApiTransport, query: JobQuery, pages: PageAllowance | undefined) {
  const { namespaces, labelSelector, choice, jobGrouping } = query
  const fold = jobShelf({
    choice,
    excluded: namespaces.excluded,
    labels: [...new Set(jobGrouping?.labels)],
    limit: jobGrouping?.limit ?? 0,
  })
  // Where the number of pages is limited, it must not be a race which namespace gets them.
  return inOrder(namespaces.lists, pages ? 1 : NAMESPACES_AT_ONCE, (namespace) =>
    foldPages(transport, { api: '/apis/batch/v1', plural: 'jobs', namespace, labelSelector, pages }, fold),
  )
}

/** Only now: krr counts jobs of namespaces and names that it does not show. */
function wantedGroups(shelves: readonly JobShelf[], { choice }: JobQuery): JobShelf['single'] {
  return groupedJobs(shelves, choice.compat).filter((rows) => {
    const first: ObservedContainer | undefined = rows.ok ? rows.value[0] : undefined
    return first === undefined || choice.wants(first)
  })
}

const cutShort = ({ size }: PageAllowance): Problem =>
  problem(
    'api_error',
    `There are more jobs than were to be listed: only the allowed number of pages (of ${size}) was read.`,
    'Allow more pages, or choose fewer namespaces.',
  )
