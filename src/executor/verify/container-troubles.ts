import type { JsonObject } from '../../model/json.ts'
import { textAt } from '../field.ts'
import { containerStatuses } from './pod-state.ts'

/** Something wrong with a container: Kubernetes' own word for it, and its explanation. */
export interface ContainerTrouble {
  readonly container: string
  readonly reason: string
  readonly message: string
  /** It is so at this moment; a termination may be weeks old. */
  readonly current: boolean
}

const PLACES = [
  { path: ['state', 'terminated'], current: false },
  { path: ['lastState', 'terminated'], current: false },
  { path: ['state', 'waiting'], current: true },
] as const

/** The reasons of every container that waits or ended, now and the time before. */
export function containerTroubles(pod: JsonObject): readonly ContainerTrouble[] {
  return containerStatuses(pod).flatMap((status) => {
    const container = textAt(status, ['name']) ?? '?'
    return PLACES.flatMap(({ path, current }) => {
      const reason = textAt(status, [...path, 'reason'])
      const message = textAt(status, [...path, 'message']) ?? ''
      return reason === undefined ? [] : [{ container, reason, message, current }]
    })
  })
}
