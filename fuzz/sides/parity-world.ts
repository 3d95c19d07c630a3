/** Where both sides look, and as of when. */
export interface ParityWorld {
  readonly kubeconfigFile: string
  readonly prometheusUrl: string
  /** In seconds since 1970. */
  readonly evaluatedAt: number
}
/** krr's JSON without what is wanted to differ: `config`, annotations, the cluster's name, and random orders. */
export interface ParityAnswer {
  readonly scans: readonly ParityScan[]
  readonly [field: string]: unknown
}
export interface ParityScan {
  readonly object: {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly container: string
    readonly pods: readonly { readonly name: string }[]
    readonly warnings: readonly string[]
    readonly [field: string]: unknown
  }
  readonly recommended: unknown
  readonly severity: string
}

/** A row of either side, in words. */
export const rowName = ({ object }: ParityScan): string =>
  `${object.namespace} ${object.kind.toLowerCase()}/${object.name}/${object.container}`
