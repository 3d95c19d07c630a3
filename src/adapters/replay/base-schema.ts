import * as z from 'zod'
import { plainText } from '../../model/plain-text.ts'
import { withoutSecrets } from './without-secrets.ts'

/** The numbers that JSON has no word for: a server may say them, and a scan must see them again. */
const SPECIAL: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity', '-0'])
export type WrittenNumber = number | string

export function writeNumber(value: number): WrittenNumber {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}
export const isWrittenNumber = (value: unknown): value is WrittenNumber =>
  typeof value === 'number' ? Number.isFinite(value) : SPECIAL.has(value)

/** Any double, in the unit that `as` gives it. */
export const numberAs = <Value extends number>(as: (value: number) => Value): z.ZodType<Value> =>
  z.codec(
    z.custom<WrittenNumber>(isWrittenNumber),
    z.custom<Value>((value) => typeof value === 'number'),
    { decode: (value) => as(Number(value)), encode: writeNumber },
  )

/** A point in time, within the years that a date can be made of: others throw when they are shown. */
export const timeAs = <Value extends number>(as: (value: number) => Value, most: number): z.ZodType<Value> =>
  z.codec(
    z.number().min(0).max(most),
    z.custom<Value>((value) => typeof value === 'number'),
    { decode: as, encode: (value) => value },
  )
/** The year 5138 in seconds. */
export const LAST_SECOND = 1e11

/** Keys and values that are text, in their order. With `allowed`, those keys and no others. */
export const texts = (allowed?: (key: string) => boolean): z.ZodType<Readonly<Record<string, string>>> => {
  const kept = (value: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    // No label is called that; as a key it could change what an object is.
    Object.fromEntries(Object.entries(value).filter(([key]) => key !== '__proto__' && allowed?.(key) !== false))
  return z.codec(
    z.custom<Readonly<Record<string, string>>>(isTexts),
    z.custom<Readonly<Record<string, string>>>(isTexts),
    {
      decode: kept,
      encode: kept,
    },
  )
}
const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((each) => typeof each === 'string')

const LONGEST_SENTENCE = 4000
/** A sentence or an address: no login goes in, no control character comes out. */
export const sentence: z.ZodType<string> = z.codec(z.string(), z.string(), {
  decode: (text) => plainText(text, LONGEST_SENTENCE),
  encode: withoutSecrets,
})
