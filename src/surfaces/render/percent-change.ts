/** From one amount to another in whole percent; null where the first says nothing to compare with. */
export const percentChange = (from: number, to: number): number | null =>
  from > 0 ? Math.round((to / from - 1) * 100) : null
