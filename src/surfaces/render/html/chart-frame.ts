/** The drawing area of a chart, in the units of its view box. */
export const FRAME = { width: 720, height: 168, left: 52, right: 8, top: 8, bottom: 20 } as const

const INNER_HEIGHT = FRAME.height - FRAME.top - FRAME.bottom
const INNER_WIDTH = FRAME.width - FRAME.left - FRAME.right

/** A line through the drawing area. */
export const across = (y: number): string => `M${FRAME.left} ${y}H${FRAME.width - FRAME.right}`

/** Where a value stands, from the top. */
export const yOf = (value: number, top: number): number =>
  Math.round(FRAME.top + INNER_HEIGHT * (1 - (top > 0 ? Math.min(1, value / top) : 0)))

/** Where a point stands, from the left. */
export const xOf = (index: number, points: number): number =>
  Math.round(FRAME.left + (INNER_WIDTH * index) / Math.max(1, points - 1))

/**
 * Usage as an SVG path, in whole units and relative steps, as short as can be: a thousand rows have two each. It breaks where
 * nothing is known; a value alone becomes a dot (the ends of a line are round).
 */
export function chartPath(values: readonly (number | null)[], top: number): string {
  let path = ''
  let pen: { readonly x: number; readonly y: number; readonly drawing: boolean } | null = null
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) {
      pen = null
      continue
    }
    const [x, y] = [xOf(index, values.length), yOf(value, top)]
    const by = pen ? y - pen.y : 0
    path += pen ? `${pen.drawing ? ' ' : 'l'}${x - pen.x}${by < 0 ? '' : ' '}${by}` : `M${x} ${y}h0`
    pen = { x, y, drawing: pen !== null }
  }
  return path
}
