import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { sqliteEntryStore } from '../../../src/adapters/sqlite/entry-store.ts'
import { sha256 } from '../../../src/model/hash.ts'
import { journalPath, openSqlite } from '../../adapters/sqlite/support/open-sqlite.ts'
import { valueOf } from '../support/value-of.ts'
import { desk, TEXT } from './support/desk.ts'

it('neither the phrase, nor a slip of it, nor the token is anywhere on disk in clear', async () => {
  const { directory, file } = await journalPath()
  const db = await openSqlite(file)
  const made = await desk({ over: sqliteEntryStore(db) })
  const asked = await made.asked()
  const [, , words = ''] = asked.phrase.split(' ')
  // What was mistyped is close to the phrase, and is as secret.
  const slip = `${words}x`
  valueOf(await made.answer(asked, `2 production ${slip}`))
  valueOf(await made.answer(asked, asked.phrase))
  const token = await made.token()
  valueOf(await made.redeem({ by: 'token', token }))
  const everything = (): string =>
    readdirSync(directory)
      .map((name) => readFileSync(join(directory, name), 'latin1'))
      .join('\n')
  for (const look of [everything(), (await sql`vacuum`.execute(db), everything())]) {
    // The search does find what is there.
    expect(look).toContain(TEXT.split('\n')[1])
    expect(look).toContain(sha256(token))
    for (const secret of [asked.phrase, words, slip, ...words.split('-'), token, token.slice(4)]) {
      expect(look.toLowerCase()).not.toContain(secret.toLowerCase())
      expect(look).not.toContain(Buffer.from(secret).toString('base64').replaceAll('=', ''))
    }
  }
})
