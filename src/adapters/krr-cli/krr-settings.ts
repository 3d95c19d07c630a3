import type { ForwardQuery } from '../../ports/krr-engine.ts'
import type { KrrTarget } from './krr-arguments.ts'
import type { KrrCommand } from './krr-command.ts'
import type { Environment } from './krr-environment.ts'

/** Which krr to run, on what, and how long. */
export interface KrrSettings extends KrrTarget {
  readonly command: KrrCommand
  /** Ours; krr sees what is on its list. */
  readonly environment: Environment
  readonly forward: ForwardQuery
  /** Of a scan: 20 minutes unless told. */
  readonly timeoutMs?: number
  /** From SIGTERM to SIGKILL: 5 s unless told. */
  readonly graceMs?: number
  readonly mostOutputBytes?: number
}
