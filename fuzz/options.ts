import { parseArgs } from 'node:util'

export interface FuzzOptions {
  /** Worlds at most. */
  readonly worlds: number
  /** Scans of each. */
  readonly scans: number
  /** Of the first world; the others follow it. */
  readonly seed: number
  readonly minutes: number
}

const text = { type: 'string' } as const

/** `--runs N --scans N --seed S --minutes M`; a sentence for anything else. */
export function fuzzOptions(args: readonly string[]): FuzzOptions | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { runs: text, scans: text, seed: text, minutes: text } })
    const number = (value: string | undefined, fallback: number): number =>
      value === undefined ? fallback : Number(value)
    const options = {
      worlds: number(values.runs, 20),
      scans: number(values.scans, 4),
      seed: number(values.seed, Math.floor(Date.now() / 1000) % 1_000_000),
      minutes: number(values.minutes, 60),
    }
    return Object.values(options).every(Number.isFinite)
      ? options
      : '--runs, --scans, --seed and --minutes take numbers'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
