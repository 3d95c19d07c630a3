import type { JsonObject } from '../model/json.ts'
import { listAt } from './field.ts'

/** A container of a workload's template, by name: an index means nothing once somebody else has edited the list. */
export const templateContainer = (workload: JsonObject, name: string): JsonObject | undefined =>
  listAt(workload, ['spec', 'template', 'spec', 'containers']).find((container) => container['name'] === name)

/** A container of a pod's spec, by name. */
export const podContainer = (pod: JsonObject, name: string): JsonObject | undefined =>
  listAt(pod, ['spec', 'containers']).find((container) => container['name'] === name)
