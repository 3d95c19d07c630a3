import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askParts } from './ask-parts.ts'
import type { LightUsage } from './load-light.ts'
import { podShards } from './plan-shards.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { spanStep, usageQueries } from './usage-queries.ts'

/** When each pod's container was seen, in coarse looks: seconds since 1970, and numbers of looks. */
export interface SpanTables {
  readonly first: ReadingTable
  readonly last: ReadingTable
  /** Looks at which it was there. */
  readonly steps: ReadingTable
  /** Samples in the last quarter of an hour, of what was there all the time. */
  readonly recent: ReadingTable
  readonly stepSeconds: number
}

/** Of those that were there at every look nothing more is asked; the few others are looked at more closely. */
export async function loadSpans(
  load: UsageLoad,
  { looks, recent }: LightUsage,
): Promise<Result<SpanTables, UsageProblem>> {
  const { window } = load.needs
  const stepSeconds = spanStep(window)
  const possible = Math.floor(window.seconds / stepSeconds)
  const isWhole = (reading: Reading): boolean =>
    reading.value >= possible && recent.of(reading, reading.pod).some(({ job }) => job === reading.job)
  const whole = looks.filter(isWhole)
  const partly = new Set(looks.filter((reading) => !isWhole(reading)).map(podKey))
  const pods = load.pods.filter((pod) => partly.has(podKey(pod)))
  const closer = await askParts(load.session, podShards(pods, load.budget), load.promql(usageQueries.spans))
  if (!closer.ok) return closer
  const { of } = closer.value
  // A pod's other containers are asked about once more; what is asked later counts.
  const table = (value: (reading: Reading) => number, ...later: (readonly Reading[])[]): ReadingTable =>
    readingTable([...valued(whole, value), ...later.flat()])
  const { at } = load.session
  return ok({
    first: table(() => at - window.seconds, of('first')),
    last: table(
      () => at,
      of('last'),
      valued(of('now'), () => at),
    ),
    steps: table(({ value }) => value, of('looks')),
    recent,
    stepSeconds,
  })
}

const valued = (readings: readonly Reading[], value: (reading: Reading) => number): readonly Reading[] =>
  readings.map((reading) => ({ ...reading, value: value(reading) }))
const podKey = ({ namespace, pod }: { readonly namespace: string; readonly pod: string }): string =>
  `${namespace}/${pod}`
