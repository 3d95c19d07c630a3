import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openReplay } from '../../../src/adapters/replay/open-replay.ts'
import { newRecording } from '../../../src/adapters/replay/recording.ts'
import { RECORDING_LIMITS } from '../../../src/adapters/replay/recording-limits.ts'
import { recordingPorts } from '../../../src/adapters/replay/recording-ports.ts'
import { writeError } from '../../../src/adapters/replay/write-error.ts'
import { mayRecordTo } from '../../../src/adapters/replay/write-new-file.ts'
import { writeRecording } from '../../../src/adapters/replay/write-recording.ts'
import { failed, ok } from '../../../src/model/result.ts'
import { pod } from '../../recommender/support/observed.ts'
import { clusterOf, request, sample, usageOf } from '../../recommender/support/stub-ports.ts'
import { replayScan } from './support/replay-scan.ts'
import { recordScan, rewrite, smallPorts, temporaryFolder, textOf } from './support/small-scan.ts'

const record = async (file: string, recording = newRecording()) => {
  const ports = recordingPorts(smallPorts(), recording)
  return await writeRecording(file, { ...request(), usage: ports.usage }, recording)
}
const reasonOf = async (file: string): Promise<string> => {
  const opened = await openReplay(file)
  return opened.ok ? 'opened' : opened.problem.reason
}

describe('writing', () => {
  it('tells beforehand whether it will be possible, and leaves nothing', async () => {
    const folder = await temporaryFolder()
    expect(await mayRecordTo(join(folder, 'new'))).toEqual(ok(true))
    expect(await mayRecordTo(join(folder, 'missing', 'new'))).toMatchObject({
      problem: { reason: 'recording_unwritable', message: expect.stringContaining('its folder does not exist') },
    })
    expect(readdirSync(folder)).toEqual([])
  })
  it.each(['a file', 'a folder', 'a link', 'a link to nowhere'])(
    'replaces nothing, and follows nothing: %s',
    async (what) => {
      const folder = await temporaryFolder()
      const [file, target] = [join(folder, 'it'), join(folder, 'target')]
      if (what === 'a file') writeFileSync(file, 'precious')
      if (what === 'a folder') mkdirSync(file)
      if (what === 'a link') writeFileSync(target, 'precious')
      if (what.startsWith('a link')) symlinkSync(target, file)
      const before = lstatSync(file).ino
      expect(await mayRecordTo(file)).toMatchObject({ problem: { reason: 'recording_exists' } })
      expect(await record(file)).toMatchObject({ problem: { reason: 'recording_exists' } })
      expect(lstatSync(file).ino).toBe(before)
      if (what === 'a link') expect(readFileSync(target, 'utf8')).toBe('precious')
      if (what === 'a link to nowhere') expect(existsSync(target)).toBe(false)
      expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    },
  )
  it('refuses where another one made the file while it was written', async () => {
    const file = join(await temporaryFolder(), 'it')
    const [one, other] = await Promise.all([record(file), record(file)])
    expect(one.ok).not.toBe(other.ok)
    expect(await reasonOf(file)).toBe('opened')
  })
  it.each([
    ['EACCES', 'you may not write there'],
    ['ENOSPC', 'the disk is full'],
    ['EISDIR', 'it is a folder'],
    ['EIO', 'the system says EIO'],
  ])('says what %s means', (code, words) => {
    expect(writeError('/x/it', Object.assign(new Error('no'), { code }))).toMatchObject({
      reason: 'recording_unwritable',
      message: `The recording /x/it cannot be written: ${words}.`,
    })
  })
  it.each([{ answer: 40 }, { text: 400 }])(
    'is given up when there is too much (%o), and the scan goes on',
    async (limits) => {
      const recording = newRecording({ ...RECORDING_LIMITS, ...limits })
      const ports = recordingPorts(smallPorts(), recording)
      for (const each of [1, 2, 3]) {
        const answer = await ports.cluster.workloads({ namespaces: [`n${each}`], kinds: [] })
        expect(answer).toMatchObject({ ok: true, value: { containers: [{ name: 'web' }] } })
      }
      const file = join(await temporaryFolder(), 'it')
      expect(await record(file, recording)).toMatchObject({ problem: { reason: 'recording_too_large' } })
      expect(existsSync(file)).toBe(false)
    },
  )
})

const SECRET = 'c4nary'
describe('what is not in the file', () => {
  it('is everything that no field is named for, logins in addresses, and labels that a scan does not read', async () => {
    const small = smallPorts({ tenant_email: SECRET, instance: SECRET, __proto__: SECRET })
    const hidden = { annotations: { note: SECRET }, env: [{ name: 'PASSWORD', value: SECRET }], image: SECRET }
    const listing = await small.cluster.workloads({ namespaces: [], kinds: [] })
    if (!listing.ok) throw new Error('the small cluster has workloads')
    const containers = listing.value.containers.map((each) => ({ ...each, ...hidden }))
    const cluster = clusterOf([], {
      workloads: () => Promise.resolve(ok({ containers, unread: [], ...hidden })),
      pods: () => Promise.resolve(ok([{ ...pod('web-1'), labels: { app: 'web', 'hub/user': SECRET }, ...hidden }])),
      autoscalers: () =>
        Promise.resolve(
          failed({
            reason: 'api_error',
            message: `GET https://admin:${SECRET}@api/x said Authorization: Bearer ${SECRET}.${SECRET} no`,
            next: 'Ask.',
          }),
        ),
    })
    const usage = {
      ...small.usage,
      origin: `https://user:${SECRET}@prometheus`,
      notes: [`Found at http://user:${SECRET}@prometheus.`],
      ...hidden,
    }
    const { cluster: known, ...asked } = request()
    const about = { ...asked, ...hidden, cluster: { ...known, fingerprint: { ...known.fingerprint, ...hidden } } }
    const { file, live } = await recordScan({ cluster, usage }, about)
    expect(JSON.stringify(live)).toContain(SECRET)
    expect(textOf(file)).not.toContain(SECRET)
    expect(textOf(file)).toContain('"origin":"https://prometheus"')
    expect(await replayScan(file)).toMatchObject({ ok: true, value: { rows: [{ container: { name: 'web' } }] } })
  })
  it('has the labels of pods by which workloads select', async () => {
    const { file } = await recordScan(smallPorts())
    expect(textOf(file)).toContain('"phase":"Running","labels":{"app":"web"}')
  })
})

describe('reading', () => {
  it('finds every damage, or has the same answers', { timeout: 60_000 }, async () => {
    const { file } = await recordScan(smallPorts())
    const whole = readFileSync(file)
    const right = JSON.stringify(await replayScan(file))
    const seen = new Map<string, number>()
    const look = async (bytes: Uint8Array): Promise<void> => {
      writeFileSync(file, bytes)
      const replayed = await replayScan(file)
      const kind = replayed.ok ? 'the same' : replayed.problem.reason
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
      if (replayed.ok) expect(JSON.stringify(replayed)).toBe(right)
      else expect(replayed.problem.reason).toBe('recording_malformed')
    }
    const flip = fc.record({ at: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) })
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, by }) => {
        await look(whole.map((byte, index) => (index === at ? byte ^ by : byte)))
      }),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => await look(whole.subarray(0, length))),
      { numRuns: 100 },
    )
    expect(seen.get('recording_malformed')).toBeGreaterThan(300)
  })
  it('finds a cut between two answers', async () => {
    const { file } = await recordScan(smallPorts())
    const whole = readFileSync(file)
    const last = whole.lastIndexOf(Buffer.from([0x1f, 0x8b, 8, 0]))
    expect(last).toBeGreaterThan(200)
    writeFileSync(file, whole.subarray(0, last))
    expect(await openReplay(file)).toMatchObject({
      problem: {
        reason: 'recording_malformed',
        message: expect.stringMatching(/it has \d+ answers and should have \d+/),
      },
    })
  })
  it('refuses a format that it does not know', async () => {
    const { file } = await recordScan(smallPorts())
    rewrite(file, ([header, ...lines]) => [{ ...header, version: 2 }, ...lines])
    expect(await openReplay(file)).toMatchObject({
      problem: {
        reason: 'recording_version',
        message: expect.stringContaining('format 2'),
        next: expect.stringContaining('newer'),
      },
    })
  })
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('krr-mcp recording')],
    ['something else, compressed', gzipSync('{"format":"other"}\n')],
    ['a line that is not ended', gzipSync('{"format":"krr-mcp recording","version":1')],
    ['a deep structure', gzipSync(`${'['.repeat(200_000)}\n`)],
  ])('refuses %s', async (_what, bytes) => {
    const file = join(await temporaryFolder(), 'it')
    writeFileSync(file, bytes)
    expect(await reasonOf(file)).toBe('recording_malformed')
  })
  it.each([
    ['an answer for another method', { ask: { method: 'write' } }],
    ['a value that is no number', instant({ ok: true, value: [{ labels: {}, value: 'many' }] })],
    ['a label that is no text', instant({ ok: true, value: [{ labels: { pod: 1 }, value: 1 }] })],
    [
      'a reason that is no word',
      instant({ ok: false, problem: { reason: '<b>', message: '', next: '', tooMuch: false } }),
    ],
    ['a kind that is none', workloads({ kind: 'Secret' })],
    ['an amount that is no number', workloads({ allocations: { requests: { cpu: 'x' } } })],
  ])('refuses %s', async (_what, line) => {
    const { file } = await recordScan(smallPorts())
    rewrite(file, ([header, ...lines]) => [{ ...header, answers: lines.length + 1 }, ...lines, line])
    expect(await reasonOf(file)).toBe('recording_malformed')
  })
  it('refuses two answers to one question', async () => {
    const { file } = await recordScan(smallPorts())
    rewrite(file, ([header, ...lines]) => [{ ...header, answers: lines.length + 1 }, ...lines, lines[0]!])
    expect(await openReplay(file)).toMatchObject({ problem: { message: expect.stringContaining('twice') } })
  })
  it.each([
    ['historyHours', 1e300],
    ['timeframeMinutes', 0],
  ])('refuses a setting from which numbers would run away: %s', async (name, value) => {
    const { file } = await recordScan(smallPorts())
    rewrite(file, ([header, ...lines]) => {
      const text = JSON.stringify(header).replace(new RegExp(`"${name}":[^,]+`), `"${name}":${value}`)
      return [JSON.parse(text) as Record<string, unknown>, ...lines]
    })
    expect(await reasonOf(file)).toBe('recording_malformed')
  })
  it('is not changed by keys that are names of an object', async () => {
    const { file } = await recordScan(smallPorts())
    const right = JSON.stringify(await replayScan(file))
    const text = textOf(file)
      .replaceAll('"labels":{', '"labels":{"__proto__":"polluted","constructor":"polluted",')
      .replaceAll('{"ask":', '{"__proto__":{"polluted":true},"ask":')
      .replace('{"format":', '{"__proto__":{"polluted":true},"format":')
    expect(text).toContain('"labels":{"__proto__"')
    writeFileSync(file, gzipSync(text))
    const replayed = JSON.stringify(await replayScan(file))
    expect(replayed.replaceAll('"constructor":"polluted",', '')).toBe(right)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
  it('takes no control character from a message', async () => {
    const why = { reason: 'api_forbidden', message: 'You may not.', next: 'Ask.' } as const
    const { file } = await recordScan({
      ...smallPorts(),
      cluster: clusterOf([], { workloads: () => Promise.resolve(failed(why)) }),
    })
    rewrite(file, (lines) =>
      lines.map(
        (line) => JSON.parse(JSON.stringify(line).replace('You may not.', '\\u001b[2JFine\\nnow')) as typeof line,
      ),
    )
    expect(await replayScan(file)).toMatchObject({ problem: { message: 'Fine now' } })
  })
  it('refuses a file beyond the limit without reading it', async () => {
    const file = join(await temporaryFolder(), 'it')
    writeFileSync(file, '')
    truncateSync(file, 10 * 2 ** 30)
    expect(await openReplay(file)).toMatchObject({
      problem: { reason: 'recording_too_large', message: expect.stringContaining('the file is more than 256 MiB') },
    })
  })
  it('stops at the limit of what a small file unpacks to', { timeout: 30_000 }, async () => {
    const { file } = await recordScan(smallPorts())
    const header = gzipSync(`${textOf(file).split('\n')[0]}\n`)
    const mebibytes = gzipSync(Buffer.alloc(32 * 2 ** 20, ' '))
    writeFileSync(file, Buffer.concat([header, ...Array.from({ length: 3 }, () => mebibytes)]))
    const before = process.memoryUsage().arrayBuffers
    expect(await openReplay(file)).toMatchObject({
      problem: {
        reason: 'recording_too_large',
        message: expect.stringContaining('one of its answers is more than 64 MiB'),
      },
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 2 ** 20)
    const lines = Buffer.concat([header, ...Array.from({ length: 9 }, () => gzipSync(Buffer.alloc(2 ** 20, '\n')))])
    writeFileSync(file, lines)
    expect(await openReplay(file, { ...RECORDING_LIMITS, text: 2000 })).toMatchObject({
      problem: { reason: 'recording_too_large', message: expect.stringContaining('what it unpacks to') },
    })
  })
  it('gives up at the first wrong item of a list of millions', { timeout: 30_000 }, async () => {
    const { file } = await recordScan(smallPorts())
    const header = gzipSync(`${textOf(file).split('\n')[0]}\n`)
    const list = `${'[],'.repeat(3_000_000)}[]`
    const line = JSON.stringify(instant({ ok: true, value: [] })).replace('"value":[]', `"value":[${list}]`)
    writeFileSync(file, Buffer.concat([header, gzipSync(`${line}\n`)]))
    const began = performance.now()
    expect(await reasonOf(file)).toBe('recording_malformed')
    expect(performance.now() - began).toBeLessThan(10_000)
  })
  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe that nobody writes to', (path: string) => execFileSync('mkfifo', [path])],
    ['nothing', () => undefined],
  ])('refuses %s', async (_what, make) => {
    const path = join(await temporaryFolder(), 'it')
    make(path)
    expect(await reasonOf(path)).toBe('recording_unreadable')
  })
  it('refuses a device that never ends', async () => {
    expect(await reasonOf('/dev/zero')).toBe('recording_unreadable')
  })
})

function instant(answer: object): Record<string, unknown> {
  return { ask: { method: 'instant', promql: 'other', at: 1 }, answer }
}
function workloads(container: object): Record<string, unknown> {
  const unset = { cpu: null, memory: null }
  const whole = { kind: 'Deployment', namespace: 'a', name: 'b', uid: 'c', labels: {}, container: 'd' }
  const containers = [{ ...whole, allocations: { requests: unset, limits: unset }, ...container }]
  return {
    ask: { method: 'workloads', scope: { namespaces: ['other'], kinds: [] } },
    answer: { ok: true, value: { containers, unread: [] } },
  }
}

it('reads a line of that form when nothing is wrong with it', async () => {
  const { file } = await recordScan({ ...smallPorts(), usage: usageOf({ up: [sample(1, {})] }) })
  rewrite(file, ([header, ...lines]) => {
    const more = [workloads({}), instant({ ok: true, value: [{ labels: { pod: 'a' }, value: 1 }] })]
    return [{ ...header, answers: lines.length + more.length }, ...lines, ...more]
  })
  expect(await reasonOf(file)).toBe('opened')
})
