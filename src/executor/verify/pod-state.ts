import type { JsonObject } from '../../model/json.ts'
import { conditionOf, field, listAt, textAt } from '../field.ts'

/** Neither being deleted nor over: counts towards what serves. */
export const isAlive = (pod: JsonObject): boolean =>
  field(pod, ['metadata', 'deletionTimestamp']) === undefined &&
  !['Failed', 'Succeeded'].includes(textAt(pod, ['status', 'phase']) ?? '')

export const isReady = (pod: JsonObject): boolean => isAlive(pod) && conditionOf(pod, 'Ready')?.['status'] === 'True'

/** The statuses of all containers, sidecars and init containers included: any of them can hold a pod back. */
export const containerStatuses = (pod: JsonObject): readonly JsonObject[] => [
  ...listAt(pod, ['status', 'initContainerStatuses']),
  ...listAt(pod, ['status', 'containerStatuses']),
]
