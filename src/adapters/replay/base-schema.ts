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

export type Texts = Readonly<Record<string, string>>

/** Keys and values that are text, in their order. */
export const texts: z.ZodType<Texts> = z.codec(z.custom<Texts>(isTexts), z.custom<Texts>(isTexts), {
  decode: (value) => onlyTexts(value),
  encode: (value) => onlyTexts(value),
})

export function isTexts(value: unknown): value is Texts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((each) => typeof each === 'string')
}
/** A copy; with `allowed`, of those keys and no others. */
export function onlyTexts(value: Texts, allowed?: ReadonlySet<string>): Texts {
  const kept = Object.entries(value).filter(([key]) => allowed?.has(key) ?? !NAMELESS.has(key))
  return Object.fromEntries(kept)
}
/** No label is called that; as a key it could change what an object is. */
const NAMELESS: ReadonlySet<string> = new Set(['__proto__'])

const LONGEST_SENTENCE = 4000
/** A sentence or an address: no login goes in, no control character comes out. */
export const sentence: z.ZodType<string> = z.codec(z.string(), z.string(), {
  decode: (text) => plainText(text, LONGEST_SENTENCE),
  encode: withoutSecrets,
})
