import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'
import { INSTEAD, krrProblem } from './krr-problem.ts'
import type { KrrJson } from './krr-json.ts'
import { krrSchema } from './krr-schema.ts'

/** krr's answer, or what about it is not krr's. */
export function parseKrrJson(stdout: string): Result<KrrJson, KrrProblem> {
  const value = jsonOf(stdout)
  if (value === undefined) return failed(malformed('it is not JSON, or was cut off'))
  const read = krrSchema.safeParse(value)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  const where = issue?.path.map(String).join('.') ?? ''
  return failed(
    malformed(`${plainText(where, 100) || 'the whole'} is not as expected: ${plainText(issue?.message ?? '')}`),
  )
}

export const malformed = (why: string): KrrProblem =>
  krrProblem('krr_malformed', `The answer of krr cannot be used: ${why}`, `update krr, ${INSTEAD}`)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
