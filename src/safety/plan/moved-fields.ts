import type { KubeObject } from '../../model/observation.ts'
import type { ContainerChange, FieldChange } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { lookText } from '../checks/look.ts'
import { fieldName } from '../checks/field-name.ts'
import { templateContainers, type TemplateContainer } from './pod-template.ts'
import { whoChanged } from './who-changed.ts'

const shown = (value: string | null): string => (value === null ? 'not set' : quoted(value))
export const by = (who: string | undefined): string => (who === undefined ? '' : ` (last written by ${who})`)

/** The container a change is about, where it was; its name in the sentence when it is not there any more. */
export function containerOf(object: KubeObject, change: ContainerChange): TemplateContainer | undefined {
  const live = templateContainers(object)[change.index]
  return live?.name === change.container ? live : undefined
}

function movedField(object: KubeObject, change: ContainerChange, field: Expected): readonly string[] {
  const { part, resource, expected } = field
  const live = lookText(containerOf(object, change)?.resources, part, resource) ?? null
  if (live === expected) return []
  const who = whoChanged(object, { container: change.container, path: ['resources', part, resource] })
  return [`the ${fieldName(change, field)} is now ${shown(live)}, it was ${shown(expected)}${by(who)}`]
}
type Expected = FieldChange & { readonly expected: string | null }

/** Which of our fields no longer have the value that the change starts from (`before`) or led to (`after`). */
export function movedFields(
  object: KubeObject,
  changes: readonly ContainerChange[],
  side: 'before' | 'after',
): readonly string[] {
  return changes.flatMap((change) => {
    if (!containerOf(object, change)) return [`container ${quoted(change.container)} is not where it was`]
    return change.fields.flatMap((field) => movedField(object, change, { ...field, expected: field[side] }))
  })
}
