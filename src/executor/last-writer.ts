import type { JsonObject } from '../model/json.ts'
import { FIELD_MANAGER } from '../model/plan.ts'
import { quoted } from '../model/safe-text.ts'
import { field, listAt, textAt } from './field.ts'

/** What within a container, as managedFields spell it: `['f:resources', 'f:requests', 'f:cpu']`. */
type Within = readonly string[]

const CONTAINERS = ['f:spec', 'f:template', 'f:spec', 'f:containers']

/**
 * Who wrote something of a container last, besides us, as a phrase; empty when the object does not say. A removed field
 * has no owner any more, so the search widens to the newest owner of what is around it.
 */
export function lastWriter(workload: JsonObject, container: string, within: Within): string {
  const base = [...CONTAINERS, `k:${JSON.stringify({ name: container })}`]
  for (let depth = within.length; depth >= 0; depth -= 1) {
    const found = newestOwner(workload, [...base, ...within.slice(0, depth)])
    if (found) return found
  }
  return ''
}

/** Who wrote anything of the pod template last, besides us. */
export const lastTemplateWriter = (workload: JsonObject): string =>
  newestOwner(workload, ['f:spec', 'f:template']) ?? ''

function newestOwner(workload: JsonObject, path: readonly string[]): string | undefined {
  const owners = listAt(workload, ['metadata', 'managedFields']).filter(
    (entry) => entry['manager'] !== FIELD_MANAGER && field(entry, ['fieldsV1', ...path]) !== undefined,
  )
  const [newest] = owners.sort((a, b) => time(b).localeCompare(time(a)))
  if (!newest) return undefined
  const manager = quoted(textAt(newest, ['manager']) ?? 'somebody', 60)
  return time(newest) === '' ? `by ${manager}` : `by ${manager} at ${quoted(time(newest), 30)}`
}

const time = (entry: JsonObject): string => textAt(entry, ['time']) ?? ''
