import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Person } from '../../app/operator/person.ts'
import type { Result } from '../../model/result.ts'
import type { Recordings } from '../../ports/recordings.ts'
import type { CommonOptions } from '../options/common-options.ts'

export type OpenedApp = AppPorts & { close(): Promise<void> }

/** What the command line is given by the process it runs in. */
export interface CliDeps {
  readonly version: string
  readonly open: (options: CommonOptions) => Promise<Result<OpenedApp>>
  readonly person: Person
  /** Results: standard output. */
  readonly out: (text: string) => void
  /** Errors and remarks: standard error. */
  readonly err: (text: string) => void
  /** Standard output is a terminal: lines may be redrawn. */
  readonly isTerminal: boolean
  /** Columns. */
  readonly width: number
  readonly colours: boolean
  /** Standard error is a terminal: progress is drawn there. */
  readonly errIsTerminal?: boolean
  readonly recordings: Recordings
  /** Every context of the kubeconfig. */
  readonly contexts: (options: CommonOptions) => Promise<Result<readonly string[]>>
  /** A whole file or none; what is there is replaced. */
  readonly writeReport: (file: string, text: string) => Promise<Result<true>>
  readonly serve: (options: CommonOptions) => Promise<number>
  /** Standard input is not a terminal: without a command, this is a client that wants the server. */
  readonly inputIsPipe?: boolean
  /** The environment that common options are read from; the process's own unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Calls back at Ctrl-C instead of ending the process; what it returns takes that back. */
  readonly onInterrupt?: (listener: () => void) => () => void
}
