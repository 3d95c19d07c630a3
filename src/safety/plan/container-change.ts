import type { JsonObject } from '../../model/json.ts'
import { parseQuantity } from '../../model/quantity.ts'
import type { ContainerChange, FieldChange, ResourceName, ResourcePart } from '../../model/plan.ts'
import type { ScanRow } from '../../model/recommendation.ts'
import { lookText } from '../checks/look.ts'
import { fieldChange } from './field-change.ts'
import type { TemplateContainer } from './pod-template.ts'
import type { FieldChoice } from './plan-wish.ts'
import { resourcesAfter } from './resources-after.ts'

const RESOURCES: readonly ResourceName[] = ['cpu', 'memory']
const PARTS: readonly ResourcePart[] = ['requests', 'limits']

/** What one row comes to. */
export interface RowOutcome {
  /** Null where nothing would be different. */
  readonly change: ContainerChange | null
  /** Chosen fields that have no usable number, with the reason. */
  readonly withheld: readonly string[]
}
/** One chosen field: what would change (nothing, where it is so already), or why it has no number. */
type FieldOutcome =
  | { readonly kind: 'decided'; readonly part: ResourcePart; readonly field: FieldChange | undefined }
  | { readonly kind: 'withheld'; readonly part: ResourcePart; readonly why: string }

interface Asked {
  readonly row: ScanRow
  readonly resource: ResourceName
  readonly resources: JsonObject
}

function chosenField({ row, resource, resources }: Asked, part: ResourcePart): FieldOutcome {
  const { value } = row[part][resource]
  const name = `${resource === 'cpu' ? 'CPU' : 'memory'} ${part === 'requests' ? 'request' : 'limit'}`
  const withheld = (why: string): FieldOutcome => ({ kind: 'withheld', part, why: `${name} withheld: ${why}` })
  if (value === '?') return withheld(row.info[resource] ?? 'no number')
  // krr's "do not set" is advice about limits. A pod without a request can be placed anywhere and is evicted first.
  if (value === null && part === 'requests') return withheld('krr names none, and a request is never removed')
  // Zero is what arithmetic makes of no data; as a request it means "schedule without asking".
  if (value !== null && !(Number.isFinite(value) && value > 0)) return withheld('the number is not above zero')
  return { kind: 'decided', part, field: fieldChange(resources, { part, resource, value, why: 'recommended' }) }
}

/** The limit that a new request would exceed, raised to it: the API server refuses a request above its limit. */
function raisedLimit(resources: JsonObject, request: FieldChange): FieldChange | undefined {
  const { resource, after } = request
  const before = lookText(resources, 'limits', resource)
  if (before === undefined || after === null) return undefined
  const [most, needs] = [parseQuantity(before), parseQuantity(after)]
  if (most === undefined || needs === undefined || most >= needs) return undefined
  return { part: 'limits', resource, before, after, why: 'raised_with_request' }
}

function ofResource(asked: Asked, parts: readonly ResourcePart[]): readonly FieldOutcome[] {
  const chosen = parts.map((part) => chosenField(asked, part))
  const request = chosen.find((each) => each.part === 'requests' && each.kind === 'decided')
  // A limit that was chosen and has a number is the person's choice; only one that is otherwise kept is raised.
  const isLimitDecided = chosen.some((each) => each.part === 'limits' && each.kind === 'decided')
  if (isLimitDecided || request?.kind !== 'decided' || !request.field) return chosen
  return [...chosen, { kind: 'decided', part: 'limits', field: raisedLimit(asked.resources, request.field) }]
}

/** One row's recommendation against the live container: which fields would change, and to which text. */
export function containerChange(live: TemplateContainer, row: ScanRow, only: readonly FieldChoice[]): RowOutcome {
  const before = live.resources ?? {}
  const outcomes = RESOURCES.flatMap((resource) =>
    ofResource(
      { row, resource, resources: before },
      PARTS.filter((part) => only.includes(`${resource}_${part}`)),
    ),
  )
  const fields = outcomes.flatMap((each) => (each.kind === 'decided' && each.field ? [each.field] : []))
  const withheld = outcomes.flatMap((each) => (each.kind === 'withheld' ? [each.why] : []))
  if (fields.length === 0) return { change: null, withheld }
  const { name: container, index, image } = live
  return { change: { container, index, image, before, after: resourcesAfter(before, fields), fields }, withheld }
}
