/** Where a scan is, for those who watch it. */
export type ScanProgress =
  | { readonly phase: 'cluster' }
  /** `answered` of at least `expected` queries. */
  | { readonly phase: 'metrics'; readonly answered: number; readonly expected: number }
