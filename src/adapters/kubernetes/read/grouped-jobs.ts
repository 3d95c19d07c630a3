import type { Compat, ObservedContainer } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { JobGroup, JobShelf } from './job-shelf.ts'

interface PlacedGroup {
  readonly name: string
  readonly namespace: string
  readonly group: JobGroup
  /** The group's first job over all namespaces: krr's template. */
  readonly krrFirst: JobGroup['first']
}

/**
 * One workload per label value and namespace. krr keeps the jobs to ask about on the template, the first job of the group over all
 * namespaces; groups that share it all ask about the jobs of the last one. `krr` does that too; `fixed` asks about each
 * group's own jobs, takes the template from its own namespace, and says where that differs.
 */
export function groupedJobs(
  shelves: readonly JobShelf[],
  compat: Compat,
): readonly Result<readonly ObservedContainer[]>[] {
  const placed = placeGroups(shelves)
  // In krr's processing order: the last one stays.
  const lastOf = new Map(placed.map((each) => [jobKey(each.krrFirst), each] as const))
  return placed.map((each) => {
    const krrAsks = lastOf.get(jobKey(each.krrFirst)) ?? each
    return compat === 'krr'
      ? rowsOf(each, each.krrFirst, krrWay(krrAsks))
      : rowsOf(each, each.group.first, ownWay(each, krrAsks))
  })
}

/** Over all lists: groups by when they were first seen, then namespaces by when the group was first seen there. */
function placeGroups(shelves: readonly JobShelf[]): readonly PlacedGroup[] {
  const merged = new Map<string, PlacedGroup[]>()
  for (const [name, byNamespace] of shelves.flatMap(({ groups }) => [...groups])) {
    const placed = merged.get(name) ?? []
    merged.set(name, placed)
    for (const [namespace, group] of byNamespace)
      placed.push({ name, namespace, group, krrFirst: placed[0]?.krrFirst ?? group.first })
  }
  return [...merged.values()].flat()
}

type Asked = Pick<ObservedContainer, 'jobs' | 'selector' | 'deviations'>

/** In the cluster krr looks for pods that have the label themselves. */
function krrWay({ name, group }: PlacedGroup): Asked {
  const at = name.indexOf('=')
  return { jobs: group.names, selector: { matchLabels: { [name.slice(0, at)]: name.slice(at + 1) } } }
}

function ownWay(own: PlacedGroup, krrAsks: PlacedGroup): Asked {
  const same = own.group === krrAsks.group && own.group.first === own.krrFirst
  return { jobs: own.group.names, ...(same ? {} : { deviations: ['own_jobs'] }) }
}

function rowsOf(
  { name, namespace }: PlacedGroup,
  { rows }: JobGroup['first'],
  { deviations = [], ...asked }: Asked,
): Result<readonly ObservedContainer[]> {
  if (!rows.ok) return rows
  return ok(
    rows.value.map((row) => {
      // The job's own selector is about its own pods only.
      const { selector: _ofJob, deviations: known = [], ...rest } = row
      const all = [...known, ...deviations]
      return { ...rest, kind: 'GroupedJob', name, namespace, ...asked, ...(all.length > 0 ? { deviations: all } : {}) }
    }),
  )
}

const jobKey = ({ job }: JobGroup['first']): string => `${job.namespace}/${job.name}`
