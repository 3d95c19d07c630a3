import { highestOf, highestPerShare } from './highest-per-share.ts'

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/**
 * Values over time in one line of at most `width` characters, from nothing (▁) to the highest (█); a space where nothing is
 * known. Where there are more values than room, each bar is the highest of its share: a peak must not get lost.
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const highest = highestPerShare(values, width)
  const top = highestOf(highest) ?? 0
  return highest.map((value) => (value === null ? ' ' : barOf(value, top))).join('')
}

function barOf(value: number, top: number): string {
  const share = top > 0 ? Math.max(0, value) / top : 0
  return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? BARS[0]
}
