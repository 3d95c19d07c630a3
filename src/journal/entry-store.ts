import type { Result } from '../model/result.ts'
import type { Entry } from './entry.ts'

export interface Payload {
  readonly hash: string
  readonly text: string
}
/** What the journal needs of its storage: ordered reads, and one writer at a time. */
export interface EntryStore {
  /** Entries after `seq`, in order. A row that is no entry is `journal_broken`. */
  after(seq: number): Promise<Result<readonly Entry[]>>
  payload(hash: string): Promise<Result<string | undefined>>
  /** Runs `work` while nobody else can append. What it returns is appended; a problem appends nothing. */
  exclusively<Value>(
    work: (seen: (seq: number) => Promise<Result<readonly Entry[]>>) => Promise<Result<Appending<Value>>>,
  ): Promise<Result<Value>>
  close(): Promise<void>
}
export interface Appending<Value> {
  readonly entries: readonly Entry[]
  readonly payloads: readonly Payload[]
  readonly value: Value
}
