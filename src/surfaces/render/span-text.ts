/** Milliseconds as a length of time: `4 s`, `1 min 20 s`, `2 h 5 min`; below ten seconds with a tenth. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return pair([minutes, 'min'], [whole % 60, 's'])
  return pair([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
}

type Part = readonly [count: number, unit: string]
const pair = (large: Part, small: Part): string =>
  [large, ...(small[0] > 0 ? [small] : [])].map((part) => part.join(' ')).join(' ')
