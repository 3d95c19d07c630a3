export type Sample = readonly [at: number, value: number]
/** One series of a world; its samples are made when they are written. */
export interface Series {
  readonly metric: string
  /** A label without a value is left out. */
  readonly labels: Readonly<Record<string, string | undefined>>
  readonly samples: () => Iterable<Sample>
}
/** From when to when something was there, in seconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}
