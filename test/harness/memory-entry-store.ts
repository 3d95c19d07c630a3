import type { Appending, EntryStore } from '../../src/journal/entry-store.ts'
import type { Entry } from '../../src/journal/entry.ts'
import { ok, type Result } from '../../src/model/result.ts'

/** An EntryStore that keeps what is written as text, as a file would, for as long as the process lives. */
export function memoryEntryStore(): EntryStore {
  const entries: string[] = []
  const payloads = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()

  const after = (seq: number): Promise<Result<readonly Entry[]>> =>
    Promise.resolve(ok(entries.slice(seq).map((text) => JSON.parse(text) as Entry)))

  function append({ entries: fresh, payloads: texts }: Appending<unknown>): void {
    for (const { hash, text } of texts) payloads.set(hash, text)
    for (const entry of fresh) entries.push(JSON.stringify(entry))
  }

  return {
    after,
    payload: (hash) => Promise.resolve(ok(payloads.get(hash))),
    exclusively(work) {
      const run = last.then(async () => {
        const done = await work(after)
        if (!done.ok) return done
        append(done.value)
        return ok(done.value.value)
      })
      // The next one waits for this one, however it ends.
      last = run.catch(() => undefined)
      return run
    },
    close: () => Promise.resolve(),
  }
}
