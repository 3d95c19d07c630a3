import * as z from 'zod'
import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { ANSWER_SCHEMAS } from './answer-schema.ts'
import { questionSchema, questionText } from './question.ts'
import type { Answers, Method, Question, QuestionOf } from './question.ts'
import { malformed, unrecordable } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'

// Keys stay in the order in which they are named, and labels in the server's: a scan's JSON shows it.
const lineSchema: z.ZodType<{ readonly ask: Question; readonly answer?: unknown }> = z.object({
  ask: questionSchema,
  answer: z.unknown(),
})

/** One answer with its question, as one line of a recording; only what is named in the schemas. */
export function writeLine<Name extends Method>(
  question: QuestionOf<Name> & { readonly method: Name },
  answer: Answers[Name],
): Result<Uint8Array, ReplayProblem> {
  const schema: z.ZodType<Answers[Name]> = ANSWER_SCHEMAS[question.method]
  const written = z.safeEncode(schema, answer)
  if (!written.success) return failed(unrecordable(`an answer for ${question.method} ${whatIsWrong(written.error)}`))
  const line = { ask: z.encode(questionSchema, question), answer: written.data }
  return ok(Buffer.from(`${JSON.stringify(line)}\n`))
}

export interface ReadLine {
  readonly question: Question
  readonly key: string
}

/** What a line answers; its answer was looked at as well. */
export function checkLine(line: Uint8Array): Result<ReadLine, ReplayProblem> {
  const read = lineSchema.safeParse(jsonOf(line))
  if (!read.success) return failed(malformed(`a line ${whatIsWrong(read.error)}`))
  const { ask: question, answer } = read.data
  const checked = ANSWER_SCHEMAS[question.method].safeParse(answer)
  if (!checked.success) return failed(malformed(`an answer for ${question.method} ${whatIsWrong(checked.error)}`))
  return ok({ question, key: questionText(question) })
}

/** The answer of a line that was written or checked above. */
export const answerOfLine = <Name extends Method>(method: Name, line: Uint8Array): Answers[Name] =>
  ANSWER_SCHEMAS[method].parse(lineSchema.parse(jsonOf(line)).answer)

/** Undefined where it is none. */
export function jsonOf(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line).toString('utf8'))
  } catch {
    return undefined
  }
}

export function whatIsWrong({ issues: [issue] }: z.ZodError): string {
  const where = plainText(issue?.path.map(String).join('.') ?? '', 100)
  return `${where === '' ? '' : `has at ${where}: `}${plainText(issue?.message ?? 'is not as expected', 200)}`
}
