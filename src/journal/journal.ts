import type { Actor } from '../model/actor.ts'
import { canonicalJson } from '../model/canonical-json.ts'
import { sha256 } from '../model/hash.ts'
import { problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import type { Clock } from '../ports/clock.ts'
import { applyChange } from './change.ts'
import type { Appending, EntryStore, Payload } from './entry-store.ts'
import { seal, type Entry } from './entry.ts'
import type { JournalEvent } from './event.ts'
import { replay, since } from './replay.ts'
import { emptyState, type JournalState } from './state.ts'
import { transition } from './transition.ts'

/** An entry to be: the journal adds number, time and hashes. */
export interface Draft {
  readonly actor: Actor
  readonly event: JournalEvent
  readonly payload?: unknown
}
/** What to append, decided while nobody else can append, from a state that is up to date. */
export interface Decided<Value> {
  readonly drafts: readonly Draft[]
  readonly value: Value
}

/**
 * The append-only record, and the only state there is. Every read folds what is new and checks the chain on the way, so
 * that an edited journal stops everything; every append is decided, checked and written in one exclusive transaction.
 */
export interface Journal {
  /** The state as of now; checks what is new since the last look. */
  state(): Promise<Result<JournalState>>
  /** The same from the first entry on: what was read before may have been edited since. Asked before a decision is spent. */
  reread(): Promise<Result<JournalState>>
  /** `decide` is synchronous: it runs while everybody else waits, and must read nothing but the state it is given. */
  append<Value>(decide: (state: JournalState) => Result<Decided<Value>>): Promise<Result<Value>>
  /** The payload of that hash, parsed; checked against its hash. */
  payload(hash: string): Promise<Result<unknown>>
  entries(after: number): Promise<Result<readonly Entry[]>>
}

function sealDraft(state: JournalState, draft: Draft, clock: Clock): { entry: Entry; payload?: Payload } {
  const text = draft.payload === undefined ? undefined : canonicalJson(draft.payload)
  const hash = text === undefined ? null : sha256(text)
  const { actor, event } = draft
  const entry = seal({
    seq: state.head.seq + 1,
    at: clock.now(),
    actor,
    event,
    payload: hash,
    previous: state.head.hash,
  })
  return text === undefined || hash === null ? { entry } : { entry, payload: { hash, text } }
}

/** Checks each draft against the state as the ones before it leave it. */
function extend<Value>(state: JournalState, decided: Decided<Value>, clock: Clock): Result<Appending<Value>> {
  const entries: Entry[] = []
  const payloads: Payload[] = []
  for (const draft of decided.drafts) {
    const { entry, payload } = sealDraft(state, draft, clock)
    const change = transition(state, entry)
    if (!change.ok) return change
    applyChange(state, change.value)
    state.head = { seq: entry.seq, hash: entry.hash }
    entries.push(entry)
    if (payload) payloads.push(payload)
  }
  return ok({ entries, payloads, value: decided.value })
}

const copyOf = (state: JournalState): JournalState => ({
  head: state.head,
  policy: state.policy,
  scans: new Map(state.scans),
  plans: new Map(state.plans),
  executions: new Map(state.executions),
})

/** The value of a payload that is the text its hash names, and JSON; undefined otherwise. */
function valueOf(text: string | undefined, hash: string): { readonly value: unknown } | undefined {
  // Named by its hash, so that a text that was changed is no text of ours.
  if (text === undefined || sha256(text) !== hash) return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

async function readPayload(store: EntryStore, hash: string): Promise<Result<unknown>> {
  const text = await store.payload(hash)
  if (!text.ok) return text
  const found = valueOf(text.value, hash)
  if (found) return ok(found.value)
  const what = `The content ${hash.slice(0, 12)} of the journal is missing or altered.`
  return failed(problem('journal_broken', what, 'Run `krr-mcp audit verify`.'))
}

export function openJournal(store: EntryStore, clock: Clock): Journal {
  let known = emptyState()

  async function refresh(read: (seq: number) => Promise<Result<readonly Entry[]>>): Promise<Result<JournalState>> {
    // Other readings may end while this one waits: what it reads is to be folded into what was known when it began.
    const base = known
    const fresh = await since(base.head, read)
    if (!fresh.ok) return fresh
    if (fresh.value.length === 0) return ok(base)
    const folded = replay(copyOf(base), fresh.value)
    if (folded.ok && folded.value.head.seq > known.head.seq) known = folded.value
    return folded
  }

  async function reread(): Promise<Result<JournalState>> {
    const { head } = known
    const all = await store.after(0)
    if (!all.ok) return all
    const folded = replay(emptyState(), all.value)
    if (!folded.ok) return folded
    const kept = await since(head, (seq) => Promise.resolve(ok(all.value.slice(seq))))
    if (!kept.ok) return kept
    if (folded.value.head.seq >= known.head.seq) known = folded.value
    return folded
  }

  return {
    state: () => refresh((seq) => store.after(seq)),
    reread,
    entries: (after) => store.after(after),
    append: (decide) =>
      store.exclusively(async (seen) => {
        const current = await refresh(seen)
        if (!current.ok) return current
        const decided = decide(current.value)
        return decided.ok ? extend(copyOf(current.value), decided.value, clock) : decided
      }),
    payload: (hash) => readPayload(store, hash),
  }
}
