import type { Impersonation } from './cluster-connection.ts'

/** What the operator chose; nothing in it comes from a tool's input. */
export interface ConnectionRequest {
  readonly kubeconfig?: string
  readonly context?: string
  readonly impersonation?: Impersonation
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where a pod finds its token and CA. */
  readonly serviceAccountDirectory?: string
}
