import type { ContainerChange, FieldChange } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'

/** `memory request of app`. */
export const fieldName = (change: ContainerChange, field: FieldChange): string =>
  `${field.resource === 'cpu' ? 'CPU' : 'memory'} ${field.part === 'requests' ? 'request' : 'limit'} of ${quoted(change.container)}`
