import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { FakeKrr } from './support/fake-krr.ts'
import { fakeKrr, krrOutput, never, request } from './support/fake-krr.ts'

// Processes that start processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

/** Leaves its own id and that of a child that sleeps, and whether they end when asked to. */
const family = (deaf: boolean, then: string): string => {
  const ears = deaf ? `process.on('SIGTERM', () => {});` : ''
  const child = `${ears} setInterval(() => {}, 1000); console.log('up')`
  return `
    ${ears}
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((up) => child.stdout.once('data', up))
    leave('pids', process.pid + ' ' + child.pid)
    ${then}`
}
const WAIT = 'setInterval(() => {}, 1000)'

async function pidsOf({ left }: FakeKrr): Promise<readonly number[]> {
  for (;;) {
    const pids = (await left('pids').catch(() => '')).split(' ').map(Number)
    if (pids.length === 2) return pids
    await sleep(20)
  }
}
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it.each([
  ['that end when asked to', false],
  ['that do not want to end', true],
])('a cancelled krr is gone, with all that it started: programs %s', async (_what, deaf) => {
  const krr = await fakeKrr(family(deaf, WAIT))
  const stopping = new AbortController()
  const answer = krr.engine.scan(request(), stopping.signal)
  const pids = await pidsOf(krr)
  expect(pids.map(lives)).toEqual([true, true])
  stopping.abort()
  expect(await answer).toMatchObject({ ok: false, problem: { reason: 'cancelled' } })
  expect(pids.map(lives)).toEqual([false, false])
})

it('a krr that takes too long is gone, with all that it started', async () => {
  const krr = await fakeKrr(family(true, WAIT), { timeoutMs: 4000 })
  const answer = krr.engine.scan(request(), never())
  const pids = await pidsOf(krr)
  expect(await answer).toMatchObject({ ok: false, problem: { reason: 'krr_timeout' } })
  expect(pids.map(lives)).toEqual([false, false])
})

it('a krr that ends and leaves a program behind has its answer, and the program ends', async () => {
  const output = JSON.stringify(krrOutput())
  // Its output is the program's, too: it stays open.
  const code = `
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    leave('pids', process.pid + ' ' + child.pid)
    process.stdout.write(${output}, () => process.exit(0))`
  const krr = await fakeKrr(code)
  expect(await krr.engine.scan(request(), never())).toMatchObject({ ok: true })
  expect((await pidsOf(krr)).map(lives)).toEqual([false, false])
})

it('nothing is started for who has already gone', async () => {
  const krr = await fakeKrr(`leave('started', '')`)
  expect(await krr.engine.scan(request(), AbortSignal.abort())).toMatchObject({
    ok: false,
    problem: { reason: 'cancelled' },
  })
  await expect(krr.left('started')).rejects.toThrow('ENOENT')
})
