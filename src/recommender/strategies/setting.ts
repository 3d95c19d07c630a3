/** One setting of a strategy: flags, help, defaults and bounds of every door come from here. */
export interface Setting<Value extends number | boolean = number | boolean> {
  /** krr's own name where krr has it; underscores and dashes are the same. */
  readonly flag: string
  /** Absent for a switch. */
  readonly value?: string
  readonly help: string
  readonly fallback: Value
  readonly bound?: Bound
}
/** What values are allowed; `says` completes "it must be …". */
export interface Bound {
  readonly allows: (value: number) => boolean
  readonly says: string
}

/** Every setting of a strategy, in the order of krr's help. */
export type SettingTable<Settings> = {
  readonly [Key in keyof Settings]: Setting<Settings[Key] extends boolean ? boolean : number>
}

export const wholeFrom = (least: number): Bound => ({
  allows: (value) => Number.isSafeInteger(value) && value >= least,
  says: `a whole number, at least ${least}`,
})
export const from = (least: number, unit = ''): Bound => ({
  allows: (value) => value >= least,
  says: `at least ${least}${unit}`,
})
export const above = (bound: number, unit = ''): Bound => ({
  allows: (value) => value > bound,
  says: `more than ${bound}${unit}`,
})
export const percentile: Bound = { allows: (value) => value > 0 && value <= 100, says: 'above 0, at most 100' }
