import type { Brand } from './brand.ts'

/** CPU in cores, as a double: the unit and the arithmetic of krr. */
export type Cores = Brand<number, 'Cores'>
/** Memory in bytes, as a double: krr's unit. A Kubernetes quantity may be a fraction of a byte. */
export type Bytes = Brand<number, 'Bytes'>
/** CPU in whole thousandths of a core: what we write. */
export type Millicores = Brand<number, 'Millicores'>

export const cores = (value: number): Cores => value as Cores
export const bytes = (value: number): Bytes => value as Bytes
export const millicores = (value: number): Millicores => value as Millicores

export const MEBIBYTE: number = 2 ** 20

// krr tries the suffixes in this order and multiplies doubles.
const factors: readonly (readonly [suffix: string, factor: number])[] = [
  ['m', 0.001],
  ['Ki', 1024],
  ['Mi', 1024 ** 2],
  ['Gi', 1024 ** 3],
  ['Ti', 1024 ** 4],
  ['Pi', 1024 ** 5],
  ['Ei', 1024 ** 6],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  // `1E` is an exa; the E of `1E3` has digits behind it, and is an exponent.
  ['E', 1e18],
]
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
// Millionths and billionths, which krr does not know.
const FINE = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?([un])$/

/**
 * A Kubernetes quantity (`100m`, `1.5Gi`, `1e3`, or a bare number as custom resources may have) as a double, in cores
 * or bytes. Where krr can read it, with krr's own multiplication, so that the numbers are krr's bit for bit; where it
 * cannot (`100u`), the nearest double. `undefined` when it is none.
 */
export function parseQuantity(text: string | number): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) ? text : undefined
  const trimmed = text.trim()
  const fine = FINE.exec(trimmed)
  if (fine) return ofFine(fine)
  const found = factors.find(([suffix]) => trimmed.endsWith(suffix))
  const digits = found ? trimmed.slice(0, -found[0].length) : trimmed
  if (!NUMBER.test(digits)) return undefined
  const value = Number(digits) * (found?.[1] ?? 1)
  return Number.isFinite(value) ? value : undefined
}

// Multiplying by 1e-6 would round twice; moving the decimal point leaves one rounding, the reading itself.
const ofFine = ([, digits = '', exponent = '0', suffix]: RegExpExecArray): number =>
  Number(`${digits}e${Number(exponent) - (suffix === 'u' ? 6 : 9)}`)

/** Can krr read this quantity? It ends its whole scan over one that it cannot. */
export const krrReadsQuantity = (text: string | number): boolean =>
  typeof text === 'number' || (!FINE.test(text.trim()) && parseQuantity(text) !== undefined)

/** The form the API server stores (largest suffix without a fraction): `250m`, `2`, `1k`. */
export function cpuQuantity(value: Millicores): string {
  if (value % 1000 !== 0) return `${value}m`
  return withLargestSuffix(value / 1000, 1000, ['', 'k', 'M', 'G'])
}

/** The form the API server stores: `128Mi`, `1Gi`, `1000` (bytes). */
export function memoryQuantity(value: Bytes): string {
  return withLargestSuffix(value, 1024, ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'])
}

function withLargestSuffix(value: number, base: number, suffixes: readonly string[]): string {
  let at = 0
  let rest = value
  while (rest !== 0 && rest % base === 0 && at < suffixes.length - 1) {
    rest /= base
    at += 1
  }
  return `${rest}${suffixes[at] ?? ''}`
}

/** Whole millicores that hold at least this much. The tiny slack takes back the binary noise of `cores × 1000`. */
export const toMillicores = (value: Cores): Millicores => millicores(Math.ceil(value * 1000 - 1e-9))
