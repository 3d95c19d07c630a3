const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** Milliseconds as `45 s`, `5 min`, `1 h 30 min`, `2 d 3 h`: the two largest units are enough for people. */
export function durationText(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000) * 1000)
  const parts: string[] = []
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`)
    else if (parts.length > 0) break
  }
  return parts.length > 0 ? parts.join(' ') : '0 s'
}
