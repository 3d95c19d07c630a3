const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/**
 * Values over time in one line of at most `width` characters, from nothing (▁) to the highest (█); a space where nothing is
 * known. Where there are more values than room, each bar is the highest of its share: a peak must not get lost.
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const shares = Math.min(values.length, Math.max(0, Math.floor(width)))
  const highest = Array.from({ length: shares }, (_, at) =>
    highestOf(values.slice(Math.floor((at * values.length) / shares), Math.floor(((at + 1) * values.length) / shares))),
  )
  const top = highestOf(highest) ?? 0
  return highest.map((value) => (value === null ? ' ' : barOf(value, top))).join('')
}

function highestOf(values: readonly (number | null)[]): number | null {
  let highest: number | null = null
  for (const value of values) {
    if (value !== null && Number.isFinite(value) && (highest === null || value > highest)) highest = value
  }
  return highest
}

function barOf(value: number, top: number): string {
  const share = top > 0 ? Math.max(0, value) / top : 0
  return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? BARS[0]
}
