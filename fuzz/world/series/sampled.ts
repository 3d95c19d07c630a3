import type { Random } from '../../random.ts'
import type { Sample, Span } from './series.ts'

/** How a container is scraped. */
export interface Scraping {
  readonly everySeconds: number
  /** On the very grid of the queries, or with an offset of milliseconds. */
  readonly exact: boolean
  /** That a sample is followed by a gap. */
  readonly gaps: number
}

/** What does not change; sparse, but always within Prometheus' look-back of five minutes. */
export function* constant(value: number, { from, to }: Span): Generator<Sample> {
  for (let at = from + 7; at <= to; at += 150) yield [at, value]
}

/** A CPU counter: a wave, noise, rare bursts, and resets where they are wanted. */
export function* cpuCounter(
  random: Random,
  span: Span,
  usage: { readonly cores: number; readonly scraping: Scraping; readonly resets: boolean; readonly poison?: number },
): Generator<Sample> {
  let value = random.next() * 100
  for (const at of moments(random, span, usage.scraping)) {
    const wave = 1 + 0.5 * Math.sin((at / 86_400) * 2 * Math.PI)
    const burst = random.chance(0.004) ? 8 : 1
    value += usage.cores * wave * (0.5 + random.next()) * burst * usage.scraping.everySeconds
    if (usage.resets && random.chance(0.01)) value = 0
    yield [at, usage.poison !== undefined && random.chance(0.01) ? usage.poison : value]
  }
}

/** A working set in whole pages: a bounded walk with rare spikes. */
export function* workingSet(
  random: Random,
  span: Span,
  usage: { readonly bytes: number; readonly scraping: Scraping; readonly poison?: number },
): Generator<Sample> {
  const { bytes, poison } = usage
  let value = bytes
  for (const at of moments(random, span, usage.scraping)) {
    value = Math.max(bytes * 0.5, Math.min(bytes * 2, value + bytes * 0.01 * (random.next() - 0.5)))
    const spike = random.chance(0.002) ? 1.6 : 1
    const pages = Math.floor((value * spike) / 4096) * 4096
    yield [at, poison !== undefined && random.chance(0.01) ? poison : pages]
  }
}

function* moments(random: Random, { from, to }: Span, { everySeconds, exact, gaps }: Scraping): Generator<number> {
  const start = exact
    ? Math.ceil(from / everySeconds) * everySeconds
    : from + Math.floor(random.next() * everySeconds * 1000) / 1000
  for (let at = start; at <= to; at += everySeconds) {
    yield at
    if (random.chance(gaps)) at += everySeconds * random.whole(1, 30)
  }
}
