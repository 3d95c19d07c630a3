import { plainText } from '../../model/plain-text.ts'
import type { Result } from '../../model/result.ts'
import type { ForwardedAnswer } from '../../ports/krr-engine.ts'

/** A sentence for a query that has no answer, or half of one; undefined for a whole answer. */
export function whyNoAnswer(answer: Result<ForwardedAnswer>): string | undefined {
  if (!answer.ok) return answer.problem.message
  const { status, body } = answer.value
  if (status !== 200) return `Prometheus answered with status ${status}: ${plainText(memberOf(body, 'error') ?? body)}`
  // krr does not look: a number from part of the data would pass for any other.
  const warnings = body.includes('"warnings"') ? warningsOf(body) : []
  return warnings.length === 0 ? undefined : `the answer may be incomplete: ${plainText(warnings.join('; '))}`
}

function memberOf(body: string, name: string): string | undefined {
  const value = parsed(body)?.[name]
  return typeof value === 'string' ? value : undefined
}
/** Some versions put remarks on style among the warnings; those say nothing about the data. */
function warningsOf(body: string): readonly string[] {
  const value = parsed(body)?.['warnings']
  return Array.isArray(value) ? value.map(String).filter((warning) => !warning.startsWith('PromQL info:')) : []
}

function parsed(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
