import type { Scan } from '../../model/recommendation.ts'

/** A scan as it is in the journal: one of an earlier version of the program lacks what was not known then. */
export function completeScan(stored: Partial<Scan> & Pick<Scan, 'rows'>): Scan {
  const rows = stored.rows.map((row) => ({ ...EARLIER_ROW, ...row }))
  return { ...EARLIER, ...stored, rows } as Scan
}

const EARLIER_ROW = { marks: [], deviations: [] } as const
const EARLIER = { engine: { name: 'native' }, compat: 'fixed', unscanned: [], notes: [] } as const
