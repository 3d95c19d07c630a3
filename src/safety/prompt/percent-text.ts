/** `+150%`, `-0.4%`; undefined where there is nothing to compare with. */
export function percentText(before: number, after: number): string | undefined {
  if (!(before > 0)) return undefined
  const percent = (after / before - 1) * 100
  const digits = Math.abs(percent) < 1 ? percent.toFixed(1) : String(Math.round(percent))
  return `${percent >= 0 ? '+' : ''}${digits}%`
}
