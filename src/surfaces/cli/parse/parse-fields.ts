import type { PreviewRequest } from '../../../app/agent/preview.ts'
import { failed, ok, type Result } from '../../../model/result.ts'

export type Field = NonNullable<PreviewRequest['only']>[number]
export const FIELDS: readonly Field[] = ['cpu_requests', 'memory_requests', 'cpu_limits', 'memory_limits']

/** `cpu_requests,memory_limits`: the fields that may change; dashes do too. Nothing means all: an empty choice is an error. */
export function parseFields(text: string): Result<readonly Field[], string> {
  const fields = new Set<Field>()
  for (const part of text.split(',')) {
    const typed = part.trim().toLowerCase().replaceAll('-', '_')
    const field = FIELDS.find((each) => each === typed)
    if (field === undefined) return failed(`It takes one or more of ${FIELDS.join(', ')}, with commas.`)
    fields.add(field)
  }
  return ok([...fields])
}
