import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { makeRoom } from './support/room.ts'

const SERVER = join(import.meta.dirname, 'support/room-server.ts')

// Hosts start a server per conversation, and some only close its input: one that stays for an open question stays for ever.
test('a server whose client went away while a person was asked closes the question and ends', async () => {
  const room = await makeRoom()
  const plan_id = await room.plan()
  const child = spawn(process.execPath, [SERVER, room.directory], { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  send({
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
      clientInfo: { name: 'c', version: '1' },
    },
  })
  send({ method: 'notifications/initialized' })
  const _meta = { progressToken: 1 }
  send({ id: 2, method: 'tools/call', params: { name: 'request_confirmation', arguments: { plan_id }, _meta } })
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('elicitation/create')) break
  const exit = once(child, 'exit')
  child.stdin.end()
  const ended = await Promise.race([exit, sleep(5_000, 'still there')])
  expect(ended).toEqual([0, null])
  expect((await room.events()).at(-1)).toMatchObject({ kind: 'question_closed', facts: { outcome: 'answer_lost' } })
})
