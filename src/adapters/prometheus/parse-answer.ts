import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { unixSeconds } from '../../model/time.ts'
import type { RangeSeries, Sample, UsageProblem } from '../../ports/usage-reader.ts'
import { malformed, partial } from './usage-problems.ts'

type Labels = Readonly<Record<string, string>>
type Fields = Readonly<Record<string, unknown>>
/** A server may say anything: thrown inside this file only. */
class Unexpected extends Error {}

/** The rows of an instant vector. */
export const parseInstant = (origin: string, text: string): Result<readonly Sample[], UsageProblem> =>
  parse({ origin, text, type: 'vector' }, (row) => ({ labels: labelsOf(row.metric), value: pointOf(row.value)[1] }))

/** The series of a range query. */
export const parseRange = (origin: string, text: string): Result<readonly RangeSeries[], UsageProblem> =>
  parse({ origin, text, type: 'matrix' }, (row) => {
    const points = arrayOf(row.values, 'values').map(pointOf)
    return { labels: labelsOf(row.metric), points: points.map(([at, value]) => [unixSeconds(at), value] as const) }
  })

/** The values of one label. */
export const parseLabelValues = (origin: string, text: string): Result<readonly string[], UsageProblem> =>
  reading({ origin, text }, (data) =>
    arrayOf(data, 'data').map((value) => {
      if (typeof value !== 'string') throw new Unexpected('a label value is no text')
      return value
    }),
  )

interface Answer {
  readonly origin: string
  readonly text: string
}
const parse = <Row>(
  answer: Answer & { readonly type: 'vector' | 'matrix' },
  rowOf: (row: Fields) => Row,
): Result<readonly Row[], UsageProblem> =>
  reading(answer, (value) => {
    const data = fieldsOf(value, 'data')
    if (data.resultType !== answer.type) throw new Unexpected(`its result type is not ${answer.type}`)
    return arrayOf(data.result, 'result').map((row) => rowOf(fieldsOf(row, 'row')))
  })

function reading<Value>(answer: Answer, valueOf: (data: unknown) => Value): Result<Value, UsageProblem> {
  try {
    const body = fieldsOf(JSON.parse(answer.text), 'answer')
    if (body.status !== 'success') throw new Unexpected('its status is not "success"')
    const warnings = warningsOf(body.warnings)
    // A number from part of the data looks like any other number: refuse it.
    if (warnings.length > 0) return failed(partial(answer.origin, warnings))
    return ok(valueOf(body.data))
  } catch (cause) {
    if (cause instanceof Unexpected) return failed(malformed(answer.origin, cause.message))
    if (cause instanceof SyntaxError) return failed(malformed(answer.origin, 'it is not JSON, or was cut off'))
    throw cause
  }
}

function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unexpected(`${name} is no object`)
  return value as Fields
}
function arrayOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unexpected(`${name} is no list`)
  return value
}
function labelsOf(value: unknown): Labels {
  const fields = fieldsOf(value, 'metric')
  for (const name in fields) if (typeof fields[name] !== 'string') throw new Unexpected('a label is no text')
  return fields as Labels
}
function pointOf(value: unknown): readonly [at: number, value: number] {
  const [at, text] = arrayOf(value, 'value')
  if (typeof at !== 'number' || typeof text !== 'string') throw new Unexpected('a point is not [time, "value"]')
  return [at, numberOf(text)]
}
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
}
function numberOf(text: string): number {
  const special = SPECIAL[text]
  if (special !== undefined) return special
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) throw new Unexpected('a value is no number')
  return value
}
/** Some versions put remarks on style among the warnings; those say nothing about the data. */
const warningsOf = (value: unknown): readonly string[] =>
  value === undefined || value === null
    ? []
    : arrayOf(value, 'warnings')
        .map(String)
        .filter((warning) => !warning.startsWith('PromQL info:'))
