import { expect, it } from 'vitest'
import { listAudit, verifyAudit } from '../../../src/app/operator/audit.ts'
import { goodStory } from '../../journal/support/good-story.ts'
import { listStore } from '../../journal/support/list-store.ts'
import { world } from '../../journal/support/world.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

it('a whole journal is consistent, and its head and size are named', async () => {
  const { store } = await goodStory()
  const { journal } = world(listStore(store.rows, store.payloads))
  expect(valueOf(await verifyAudit({ journal }))).toEqual({
    verdict: 'consistent',
    entries: store.rows.length,
    head: store.rows.at(-1)?.hash,
    payloads: store.payloads.size,
  })
  expect(valueOf(await listAudit({ journal }))).toEqual(store.rows)
})

it('finds each edited entry, also under a process that has read it before', async () => {
  const made = await goodStory()
  valueOf(await made.journal.state())
  for (const [index, row] of made.store.rows.entries()) {
    made.store.rows[index] = { ...row, actor: { kind: 'person', osUser: 'eve', host: 'desk' } }
    expect(problemOf(await verifyAudit(made)).reason).toBe('journal_broken')
    made.store.rows[index] = row
  }
  expect(valueOf(await verifyAudit(made)).verdict).toBe('consistent')
})

it('finds each edited and each missing payload', async () => {
  const made = await goodStory()
  const kept = new Map(made.store.payloads)
  for (const [hash, text] of kept) {
    made.store.payloads.set(hash, `${text} `)
    expect(problemOf(await verifyAudit(made)).reason).toBe('journal_broken')
    made.store.payloads.delete(hash)
    expect(problemOf(await verifyAudit(made)).reason).toBe('journal_broken')
    made.store.payloads.set(hash, text)
  }
  expect(valueOf(await verifyAudit(made)).verdict).toBe('consistent')
})

it('an empty journal is consistent', async () => {
  expect(valueOf(await verifyAudit(world()))).toMatchObject({ verdict: 'consistent', entries: 0, payloads: 0 })
})
