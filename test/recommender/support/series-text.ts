export interface KnownSeries {
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  /** In the order of time: seconds since 1970, and a value. */
  readonly samples: readonly (readonly [at: number, value: number])[]
}

/** OpenMetrics text with these series, and no others. */
export function seriesText(series: readonly KnownSeries[]): string {
  const lines = [...Map.groupBy(series, ({ metric }) => metric).values()]
    .flat()
    .flatMap(({ metric, labels, samples }) => {
      const name = `${metric}{${Object.entries(labels)
        .map(([key, value]) => `${key}="${value}"`)
        .join(',')}}`
      return samples.map(([at, value]) => `${name} ${value} ${at}.000`)
    })
  return `${lines.join('\n')}\n# EOF\n`
}

/** A sample every so many seconds, `from` and `to` among them; both are seconds before `end`, as `valueAt` has them: ≤ 0. */
export function every(
  seconds: number,
  [from, to]: readonly [from: number, to: number],
  { end, valueAt }: { readonly end: number; readonly valueAt: (before: number) => number | undefined },
): KnownSeries['samples'] {
  const samples: (readonly [number, number])[] = []
  for (let before = from; before <= to; before += seconds) {
    const value = valueAt(before)
    if (value !== undefined) samples.push([end + before, value])
  }
  return samples
}

/** A counter that grows by so much a second, from each sample to the next; undefined: no sample, though it grows. */
export function counter(rateAt: (before: number) => number, step: number, from: number): (before: number) => number {
  return (before) => {
    let total = 0
    for (let at = from; at < before; at += step) total += rateAt(at) * step
    return total
  }
}
