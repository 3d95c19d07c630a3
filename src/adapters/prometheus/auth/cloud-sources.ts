/** Where a cloud identity is looked for. */
export interface CloudSources {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** PEM, for token endpoints; absent = the system's store. */
  readonly ca?: string
  /** Milliseconds since 1970. */
  readonly now?: () => number
}
