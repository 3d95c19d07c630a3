import type { ForwardQuery } from '../../ports/krr-engine.ts'

export interface GatewaySettings {
  readonly forward: ForwardQuery
  /** Seconds since 1970: every query is evaluated as of this time. */
  readonly at: number
  readonly password: string
  /** What the server's label of this name is for this cluster: krr asks for all of its values. */
  readonly label?: { readonly name: string; readonly value: string }
  readonly progress?: (answered: number) => void
}
