const MOST = 8

/** `row 3`, `rows 3, 7-9`, `rows 1, 3, 5 … and 12 more`: ascending, runs drawn together. */
export function rowList(rows: readonly number[]): string {
  const runs: { first: number; last: number }[] = []
  for (const row of rows.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && row <= run.last + 1) run.last = row
    else runs.push({ first: row, last: row })
  }
  const shown = runs.slice(0, MOST)
  const more = runs.slice(MOST).reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const text = shown.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
  return `${rows.length === 1 ? 'row' : 'rows'} ${text}${more > 0 ? ` and ${more} more` : ''}`
}
