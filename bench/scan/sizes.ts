/** A cluster of the benchmark. */
export interface Size {
  readonly name: SizeName
  readonly podContainers: number
  readonly days: number
  /** krr gets this part of the namespaces; what it took is extrapolated. */
  readonly krrShare: number
}
export type SizeName = 'small' | 'medium' | 'large'

export const SIZES: Readonly<Record<SizeName, Size>> = {
  small: { name: 'small', podContainers: 50, days: 14, krrShare: 1 },
  medium: { name: 'medium', podContainers: 1000, days: 14, krrShare: 1 },
  large: { name: 'large', podContainers: 10_000, days: 1, krrShare: 0.1 },
}
/** In seconds since 1970: later than any real sample, and on no grid. */
export const EVALUATED_AT = 1_793_491_237
