/** Python's `max(a, b)`: unlike `Math.max`, a NaN in front stays and a NaN behind is passed over. */
export const pythonMax = (a: number, b: number): number => (b > a ? b : a)
