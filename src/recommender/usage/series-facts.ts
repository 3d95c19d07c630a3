import type { Sample } from '../../ports/usage-reader.ts'
import { readingKey } from './reading.ts'
import type { Reading } from './reading.ts'

/** What the raw series of a container look like, by `readingKey`. */
export interface SeriesFacts {
  /** Groups of several series: restarts, CPUs, duplicates. Each with one of its readings. */
  readonly several: ReadonlyMap<string, Reading>
  /** The same container at the same time more than once. */
  readonly duplicates: ReadonlySet<string>
  /** One series per CPU, as old kubelets have it. */
  readonly perCpu: ReadonlySet<string>
}
export const NO_SERIES: SeriesFacts = { several: new Map(), duplicates: new Set(), perCpu: new Set() }

/** A reading of one raw series, with what tells it from the others of its group. */
export interface SeriesReading extends Reading {
  /** The container's own run: its cgroup and runtime name. Two series of one run are duplicates. */
  readonly run: string
  readonly cpu: string
}
export const seriesReading = (reading: Reading, { labels }: Sample): SeriesReading => ({
  ...reading,
  run: `${labels['id'] ?? ''} ${labels['name'] ?? ''}`,
  cpu: labels['cpu'] ?? '',
})

/** Sorts out why groups have several series. */
export function seriesFacts(readings: readonly SeriesReading[]): SeriesFacts {
  const runs = new Map<string, Set<string>>()
  const several = new Map<string, Reading>()
  const duplicates = new Set<string>()
  const perCpu = new Set<string>()
  for (const reading of readings) {
    const key = readingKey(reading)
    const known = runs.get(key)
    const run = `${reading.run} ${reading.cpu}`
    if (known) several.set(key, reading)
    if (known?.has(run)) duplicates.add(key)
    if (reading.cpu !== '' && reading.cpu !== 'total') perCpu.add(key)
    if (known) known.add(run)
    else runs.set(key, new Set([run]))
  }
  return { several, duplicates, perCpu }
}
