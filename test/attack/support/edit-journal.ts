import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { canonicalJson } from '../../../src/model/canonical-json.ts'
import { digestOf, sha256 } from '../../../src/model/hash.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { seal, type Entry } from '../../../src/journal/entry.ts'

interface Row {
  seq: number
  at: string
  actor: string
  event: string
  payload: string | null
  previous: string
  hash: string
}

/** Opens a journal as whoever owns its file can, with the guards taken off. */
function openUnguarded(stateDir: string): DatabaseSync {
  const db = new DatabaseSync(join(stateDir, 'journal.db'))
  for (const table of ['entry', 'payload'])
    for (const act of ['update', 'delete']) db.exec(`drop trigger if exists ${table}_no_${act}`)
  return db
}

const entryOf = (row: Row): Entry => ({
  seq: row.seq,
  at: JSON.parse(row.at) as Entry['at'],
  actor: JSON.parse(row.actor) as Entry['actor'],
  event: JSON.parse(row.event) as Entry['event'],
  payload: row.payload,
  previous: row.previous,
  hash: row.hash,
})

/** Puts another plan under an existing yes: text, digest and every mention of both, but not the hashes of the entries. */
export function swapPlan(stateDir: string, planId: string): void {
  const db = openUnguarded(stateDir)
  const rows = db.prepare('select * from entry order by seq').all() as unknown as Row[]
  const proposed = rows.find((row) => row.event.includes('"plan_proposed"') && row.event.includes(planId))
  if (!proposed?.payload) throw new Error(`no plan ${planId} in the journal`)
  const stored = db.prepare('select text from payload where hash = ?').get(proposed.payload) as { text: string }
  const plan = JSON.parse(stored.text.replaceAll('100m', '7')) as Plan
  const text = canonicalJson(plan)
  const [oldDigest, newDigest] = [digestOf(JSON.parse(stored.text)), digestOf(plan)]
  db.prepare('insert into payload (hash, text) values (?, ?)').run(sha256(text), text)
  db.prepare('update entry set payload = ? where payload = ?').run(sha256(text), proposed.payload)
  db.prepare('update entry set event = replace(event, ?, ?)').run(oldDigest, newDigest)
  db.close()
}

/** Appends a yes that nobody gave, with a right hash: the chain is whole, the story is not. */
export function forgeDecision(stateDir: string, planId: string): void {
  const db = openUnguarded(stateDir)
  const rows = (db.prepare('select * from entry order by seq').all() as unknown as Row[]).map(entryOf)
  const last = rows.at(-1)
  const proposed = rows.find(({ event }) => event.kind === 'plan_proposed' && event.subject === planId)?.event
  if (!last || proposed?.kind !== 'plan_proposed') throw new Error(`no plan ${planId} in the journal`)
  const decision = {
    plan: proposed.subject,
    digest: proposed.facts.digest,
    answer: 'approved',
    level: 'terminal',
    channel: 'terminal',
    question: null,
    promptHash: '',
    trust: 'same-user',
    by: { kind: 'person', osUser: 'root', host: 'somewhere' },
  } as const
  const forged = seal({
    seq: last.seq + 1,
    at: last.at,
    actor: decision.by,
    event: { kind: 'decision_recorded', subject: proposed.subject, facts: { decision, approvedFor: 900_000 as never } },
    payload: null,
    previous: last.hash,
  })
  db.prepare('insert into entry (seq, at, actor, event, payload, previous, hash) values (?, ?, ?, ?, ?, ?, ?)').run(
    forged.seq,
    canonicalJson(forged.at),
    canonicalJson(forged.actor),
    canonicalJson(forged.event),
    null,
    forged.previous,
    forged.hash,
  )
  db.close()
}
