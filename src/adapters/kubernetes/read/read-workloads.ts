import type { Scope, UnreadKind, WorkloadListing } from '../../../model/observation.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { WORKLOAD_KINDS, type WorkloadKind } from '../../../model/workload.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { chooseKinds } from './choose-kinds.ts'
import { type ChosenNamespaces, chooseNamespaces } from './choose-namespaces.ts'
import { inOrder } from './in-order.ts'
import { jobSettingsProblem } from './job-settings.ts'
import { jobsOfCronJobs } from './jobs-of-cron-jobs.ts'
import { ALL_KINDS } from './kinds/all-kinds.ts'
import { readJobs } from './read-jobs.ts'
import { type KindListing, type ListedScope, readKind } from './read-kind.ts'
import { rowChoice } from './row-choice.ts'

const KINDS_AT_ONCE = 4

/** Rows in krr's order: kind by kind, within a kind by namespace as asked, then API order, then containers as in the spec. */
export async function readWorkloads(transport: ApiTransport, scope: Scope): Promise<Result<WorkloadListing>> {
  const kinds = chooseKinds(scope.kinds)
  if (!kinds.ok) return kinds
  const wrong = jobSettingsProblem(scope)
  if (wrong) return failed(wrong)
  const namespaces = await chooseNamespaces(scope, transport)
  if (!namespaces.ok) return namespaces
  const choice = rowChoice(scope, namespaces.value)
  if (!choice.ok) return choice
  const listed = { namespaces: namespaces.value, labelSelector: scope.selector, choice: choice.value }
  const listings = await listAll(transport, { scope, kinds: kinds.value, listed })
  // A server that answers nothing at all is no cluster without workloads.
  const [nothing] = listings.map((listing) => listing.nothing)
  if (nothing && listings.every((listing) => listing.nothing)) return failed(nothing)
  return ok({
    containers: listings.flatMap(({ containers }) => containers),
    unread: [...listings.flatMap(({ unread }) => unread), ...withoutLabels(scope)],
    ...lookedAt(namespaces.value),
  })
}

interface Wanted {
  readonly scope: Scope
  readonly kinds: readonly WorkloadKind[]
  readonly listed: ListedScope
}

/** The listings of these kinds, in krr's order. */
async function listAll(transport: ApiTransport, { scope, kinds, listed }: Wanted): Promise<readonly KindListing[]> {
  const chosen = ALL_KINDS.filter(({ kind }) => kind !== 'Job' && kinds.includes(kind))
  const [others, jobs] = await Promise.all([
    inOrder(chosen, KINDS_AT_ONCE, async (descriptor) => {
      return [descriptor.kind, await readKind(transport, { ...listed, descriptor })] as const
    }),
    wantsJobs(kinds, scope) ? readJobs(transport, { ...scope, ...listed, kinds }) : undefined,
  ])
  const found = new Map<WorkloadKind, KindListing>(others)
  if (jobs?.jobs) found.set('Job', jobs.jobs)
  if (jobs?.grouped) found.set('GroupedJob', jobs.grouped)
  const cronJobs = found.get('CronJob')
  if (cronJobs) found.set('CronJob', await jobsOfCronJobs(transport, cronJobs, { listed, known: jobs?.ofCronJobs }))
  return WORKLOAD_KINDS.flatMap((kind) => found.get(kind) ?? [])
}

const wantsJobs = (kinds: readonly WorkloadKind[], { jobGrouping }: Scope): boolean =>
  kinds.includes('Job') || (kinds.includes('GroupedJob') && (jobGrouping?.labels.length ?? 0) > 0)

// Said only to who asked for it: without grouping labels krr finds no such rows either.
function withoutLabels({ kinds, jobGrouping }: Scope): readonly UnreadKind[] {
  const asked = kinds.some((kind) => kind.toLowerCase() === 'groupedjob')
  return asked && !jobGrouping?.labels.length
    ? [{ kind: 'GroupedJob', reason: 'error', message: 'No label was named by which jobs could be grouped.' }]
    : []
}

// No list at all is not the same as all namespaces.
const lookedAt = ({ lists, excluded, dropKubeSystem }: ChosenNamespaces): Pick<WorkloadListing, 'looked'> =>
  lists.length === 0
    ? {}
    : {
        looked: {
          namespaces: lists.filter((list) => list !== undefined),
          except: [...new Set([...excluded, ...(dropKubeSystem ? ['kube-system'] : [])])],
        },
      }
