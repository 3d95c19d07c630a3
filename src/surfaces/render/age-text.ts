const UNITS: readonly (readonly [ms: number, one: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
]

/** Milliseconds as people say an age: `2 minutes`, `1 hour`, `3 days`; `a moment` below a second. */
export function ageText(ms: number): string {
  const [size, name] = UNITS.find(([least]) => ms >= least) ?? []
  if (size === undefined) return 'a moment'
  const count = Math.floor(ms / size)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
