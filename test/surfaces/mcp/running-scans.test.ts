import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { StartedScan } from '../../../src/app/agent/scan.ts'
import type { ScanId } from '../../../src/model/ids.ts'
import { problem } from '../../../src/model/problem.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import { runningScans } from '../../../src/surfaces/mcp/running-scans.ts'
import { makeScan } from '../render/support/make-scan.ts'

const LIMIT_MS = 30
const scan = makeScan()
const started = (done: Promise<Result<Scan>>, stop = (): void => undefined): StartedScan => ({
  id: 's-7k3m' as ScanId,
  done,
  stop,
  watch: () => () => undefined,
})
const never = (): AbortSignal => new AbortController().signal

test('a scan that is there in time is answered, and is not running any more', async () => {
  const scans = runningScans(1_000)
  expect(await scans.follow(started(Promise.resolve(ok(scan))), never())).toEqual(ok(scan))
  expect(scans.find('s-7k3m')).toBeUndefined()
})

test('a scan that takes longer than its limit goes on, and the same id gives its result', async () => {
  const { promise, resolve } = Promise.withResolvers<Result<Scan>>()
  const scans = runningScans(LIMIT_MS)
  expect(await scans.follow(started(promise), never())).toBeUndefined()
  const found = scans.find(' S-7K3M ')
  expect(found?.id).toBe('s-7k3m')
  resolve(ok(scan))
  expect(await scans.follow(found as StartedScan, never())).toEqual(ok(scan))
})

test('a scan that fails late is told to whoever asks for it again', async () => {
  const { promise, resolve } = Promise.withResolvers<Result<Scan>>()
  const scans = runningScans(LIMIT_MS)
  await scans.follow(started(promise), never())
  const why = failed(problem('prometheus_unreachable', 'Prometheus is gone.', 'Look at it.'))
  resolve(why)
  expect(await scans.follow(scans.find('s-7k3m') as StartedScan, never())).toEqual(why)
  expect(scans.find('s-7k3m')).toBeUndefined()
})

test('a bug in a scan that nobody waits for does not end the server', async () => {
  const { promise, reject } = Promise.withResolvers<Result<Scan>>()
  const scans = runningScans(LIMIT_MS)
  await scans.follow(started(promise), never())
  reject(new Error('a bug'))
  // An unhandled rejection would fail this run.
  await sleep(20)
  await expect(scans.follow(scans.find('s-7k3m') as StartedScan, never())).rejects.toThrow('a bug')
  expect(scans.find('s-7k3m'), 'a scan that is over is not running').toBeUndefined()
})

test('a client that cancels its call is answered at once, and the scan asks nothing more', async () => {
  const scans = runningScans(60_000)
  const { promise } = Promise.withResolvers<Result<Scan>>()
  let stopped = 0
  const client = new AbortController()
  const followed = scans.follow(
    started(promise, () => (stopped += 1)),
    client.signal,
  )
  client.abort()
  expect(await followed).toBeUndefined()
  expect(stopped).toBe(1)
})

test('a scan that another call waits for goes on when one is cancelled', async () => {
  const scans = runningScans(60_000)
  const { promise, resolve } = Promise.withResolvers<Result<Scan>>()
  let stopped = 0
  const one = started(promise, () => (stopped += 1))
  const client = new AbortController()
  const cancelled = scans.follow(one, client.signal)
  const waiting = scans.follow(one, never())
  client.abort()
  expect(await cancelled).toBeUndefined()
  resolve(ok(scan))
  expect(await waiting).toEqual(ok(scan))
  expect(stopped).toBe(0)
})

test('a call that only took too long stops nothing', async () => {
  const scans = runningScans(LIMIT_MS)
  const { promise } = Promise.withResolvers<Result<Scan>>()
  let stopped = 0
  await scans.follow(
    started(promise, () => (stopped += 1)),
    never(),
  )
  expect(stopped).toBe(0)
})
