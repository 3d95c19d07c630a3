import type { EntryStore } from '../../../src/journal/entry-store.ts'
import { seal, type Entry } from '../../../src/journal/entry.ts'
import { ok, type Result } from '../../../src/model/result.ts'

/** A store whose rows a test can reach past the journal, as whoever owns the file can. */
export interface ListStore extends EntryStore {
  readonly rows: Entry[]
  readonly payloads: Map<string, string>
}

export function listStore(rows: readonly Entry[] = [], payloads: ReadonlyMap<string, string> = new Map()): ListStore {
  const kept = { rows: [...rows], payloads: new Map(payloads) }
  let last: Promise<unknown> = Promise.resolve()
  const after = (seq: number): Promise<Result<readonly Entry[]>> =>
    Promise.resolve(ok(structuredClone(kept.rows.filter((row) => row.seq > seq))))
  return {
    ...kept,
    after,
    payload: (hash) => Promise.resolve(ok(kept.payloads.get(hash))),
    exclusively(work) {
      const run = last.then(async () => {
        const done = await work(after)
        if (!done.ok) return done
        kept.rows.push(...done.value.entries)
        for (const { hash, text } of done.value.payloads) kept.payloads.set(hash, text)
        return ok(done.value.value)
      })
      last = run.catch(() => undefined)
      return run
    },
    close: () => Promise.resolve(),
  }
}

/** Numbers and hashes that fit, over whatever the rows say: what a careful forger would write. */
export function rechained(rows: readonly Entry[]): Entry[] {
  let previous = '0'.repeat(64)
  return rows.map((row, index) => {
    const { hash: _, ...rest } = row
    const sealed = seal({ ...rest, seq: index + 1, previous })
    previous = sealed.hash
    return sealed
  })
}
