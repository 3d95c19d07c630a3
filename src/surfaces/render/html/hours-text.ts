/** Seconds as hours: `336 h`, `1.5 h`. */
export const hoursText = (seconds: number): string => `${Number((seconds / 3600).toFixed(2))} h`
