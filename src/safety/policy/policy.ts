/** What the operator allows. Read from a file that only the operator names; never from a working directory. */
export interface Policy {
  /** Namespaces in which an answer through the MCP client is enough. */
  readonly clientNamespaces: readonly string[]
  /** SHA-256 of what the file means (not of its spelling), or `default`. */
  readonly revision: string
  /** The file, verbatim: it is kept with the decision that adopted it. */
  readonly text: string
}
