/** An entry and the file it came from: relative paths in it are relative to that file. */
export interface NamedEntry {
  readonly name: string
  readonly file: string
  readonly body: unknown
}
/** Several kubeconfig files merged by kubectl's rule: the first file that has a name wins. */
export interface KubeconfigDocument {
  readonly files: readonly string[]
  readonly currentContext?: string
  readonly contexts: ReadonlyMap<string, NamedEntry>
  readonly clusters: ReadonlyMap<string, NamedEntry>
  readonly users: ReadonlyMap<string, NamedEntry>
}
