import type { CommonOptions } from './option-values.ts'

/** One option that every entry of the program understands; help, docs, environment and parsing all come from here. */
export interface CommonOption {
  readonly key: keyof CommonOptions
  readonly flag: string
  readonly short?: string
  /** Another name of the same option, krr's. */
  readonly alias?: string
  /** Absent for a switch. */
  readonly value?: string
  /** May be given several times; in the environment one per line. */
  readonly repeatable?: true
  /** A value that must not be seen: it is never handed on as a flag, which other processes can read. */
  readonly secret?: true
  readonly env?: string
  readonly help: string
}
