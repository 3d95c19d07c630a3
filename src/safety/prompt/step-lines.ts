import type { PlanStep } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { fieldLine } from './field-line.ts'

/** One workload: a heading and its changed fields for each container. */
export const stepLines = ({ target, changes }: PlanStep): readonly string[] =>
  changes.flatMap(({ container, fields }) => [
    `${target.kind}: ${quoted(target.name)} (namespace: ${quoted(target.namespace)}), container: ${quoted(container)}`,
    ...fields.map((field) => fieldLine(field)),
  ])
