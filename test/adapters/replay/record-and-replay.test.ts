import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newRecording } from '../../../src/adapters/replay/recording.ts'
import { openReplay } from '../../../src/adapters/replay/open-replay.ts'
import type { ReplayedScan } from '../../../src/adapters/replay/open-replay.ts'
import { recordingPorts } from '../../../src/adapters/replay/recording-ports.ts'
import { writeRecording } from '../../../src/adapters/replay/write-recording.ts'
import { POD_OWNER_RULES } from '../../../src/recommender/discovery/pod-owner-rule.ts'
import { SERIES_LABELS } from '../../../src/adapters/replay/usage-schema.ts'
import type { Deviation } from '../../../src/model/observation.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { scan } from '../../../src/recommender/scan.ts'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { container, pod } from '../../recommender/support/observed.ts'
import { AT, clusterOf, request, sample, usageOf } from '../../recommender/support/stub-ports.ts'
import { simpleWith } from '../../recommender/support/chosen.ts'
import { valueOf } from '../../recommender/support/scan-world.ts'
import { replayScan } from './support/replay-scan.ts'
import { recordScan, rewrite, smallPorts, temporaryFolder, textOf } from './support/small-scan.ts'

async function opened(file: string): Promise<ReplayedScan> {
  const replay = await openReplay(file)
  if (!replay.ok) throw new Error(replay.problem.message)
  return replay.value
}

describe('a replayed scan', () => {
  it('is the recorded one, but for its source', async () => {
    const { file, live: result } = await recordScan(smallPorts())
    const live = valueOf(result)
    const replayed = valueOf(await replayScan(file))
    expect(live.rows).toHaveLength(1)
    expect(live.rows[0]?.requests.memory.value).toBe(115 * 2 ** 20)
    expect(live.binding.kind).toBe('bound')
    expect(replayed).toEqual({ ...live, cluster: { ...live.cluster, source: 'replay' } })
    expect(JSON.stringify(krrJson(replayed))).toBe(JSON.stringify(krrJson(live)))
  })
  it('fails where the recorded one failed, with the same words', async () => {
    const why = problem('api_forbidden', 'You may not list deployments.', 'Ask.')
    const ports = { ...smallPorts(), cluster: clusterOf([], { workloads: () => Promise.resolve(failed(why)) }) }
    const { file, live } = await recordScan(ports)
    expect(live).toEqual(failed(why))
    expect(await replayScan(file)).toEqual(live)
  })
  it('says again what could not be read', async () => {
    const why = problem('api_forbidden', 'You may not list autoscalers.', 'Ask.')
    const small = smallPorts()
    const cluster = { ...small.cluster, autoscalers: () => Promise.resolve(failed(why)) }
    const { file, live } = await recordScan({ ...small, cluster })
    expect(valueOf(live).unread).toEqual([
      { kind: 'HorizontalPodAutoscaler', reason: 'forbidden', message: why.message },
    ])
    expect(valueOf(await replayScan(file)).unread).toEqual(valueOf(live).unread)
  })
  it('keeps the order of labels, which JSON shows', async () => {
    const labels = { zone: 'b', app: 'web', '10': 'x' }
    const ports = { ...smallPorts(), cluster: clusterOf([container({ labels })]) }
    const { file, live } = await recordScan(ports)
    const texts = [live, await replayScan(file)].map((each) => JSON.stringify(krrJson(valueOf(each))))
    expect(texts[1]).toBe(texts[0])
  })
})

describe('an answer', () => {
  it.each([Number.NaN, Infinity, -Infinity, -0, 0.1 + 0.2, 5e-324, 2 ** 53 + 2])(
    'has the number %s again, in an instant and in a range',
    async (value) => {
      const recording = newRecording()
      const usage = usageOf({ up: [sample(value, { pod: 'a' })] }, [
        { labels: { pod: 'a' }, points: [[unixSeconds(5), value]] },
      ])
      const { usage: recorded } = recordingPorts({ cluster: clusterOf([]), usage }, recording)
      const window = { start: AT, end: AT, stepSeconds: 1 }
      await recorded.instant('up', AT)
      await recorded.range('up', window)
      // Asked for the second time, it is read from what was kept.
      const again = valueOf(await recorded.instant('up', AT))
      const range = valueOf(await recorded.range('up', window))
      expect(Object.is(again[0]?.value, value)).toBe(true)
      expect(Object.is(range[0]?.points[0]?.[1], value)).toBe(true)
      expect(usage.asked).toEqual(['up', 'up'])
    },
  )
  it('is asked for once where two ask at the same time, and both have it', async () => {
    const small = smallPorts()
    let asked = 0
    const cluster = { ...small.cluster, pods: async () => ((asked += 1), ok([pod('web-1')])) }
    const ports = recordingPorts({ ...small, cluster }, newRecording())
    const both = await Promise.all([ports.cluster.pods({ namespaces: [] }), ports.cluster.pods({ namespaces: [] })])
    expect(both[0]).toEqual(ok([pod('web-1')]))
    expect(both[1]).toEqual(both[0])
    expect(asked).toBe(1)
  })
  it('is not kept when it says that somebody lost patience', async () => {
    const recording = newRecording()
    const gone = { reason: 'cancelled', message: 'Stopped.', next: 'Again.', tooMuch: false } as const
    const ports = recordingPorts({ cluster: clusterOf([]), usage: usageOf({ up: gone }) }, recording)
    expect(await ports.usage.instant('up', AT)).toEqual(failed(gone))
    expect(valueOf(await recording.packed())).toEqual([])
  })
  it('has every row again, also rows that differed only in labels that are left out', async () => {
    const twins = ['a', 'b'].map((replica) => sample(1, { pod: 'web-1', prometheus_replica: replica }))
    const ports = recordingPorts({ cluster: clusterOf([]), usage: usageOf({ up: twins }) }, newRecording())
    await ports.usage.instant('up', AT)
    expect(valueOf(await ports.usage.instant('up', AT))).toEqual([
      sample(1, { pod: 'web-1' }),
      sample(1, { pod: 'web-1' }),
    ])
  })
  it('has every deviation that there is', async () => {
    const all = {
      native_sidecar: true,
      exact_quantity: true,
      own_jobs: true,
      chunked_range: true,
      infinite_usage: true,
      one_step: true,
    } satisfies Record<Deviation, true>
    const deviations = Object.keys(all) as Deviation[]
    const cluster = clusterOf([container({ deviations })])
    const ports = recordingPorts({ cluster, usage: usageOf({}) }, newRecording())
    await ports.cluster.workloads({ namespaces: [], kinds: [] })
    const again = valueOf(await ports.cluster.workloads({ namespaces: [], kinds: [] }))
    expect(again.containers[0]?.deviations).toEqual(deviations)
  })
})

describe('the allow-list of series labels', () => {
  const folder = join(import.meta.dirname, '../../../src/recommender')
  const sources = globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'))
  it('has every label that the recommender reads by name', () => {
    const read = sources.flatMap((text) => [...text.matchAll(/\blabels\['(\w+)'\]/g)].map(([, label]) => label ?? ''))
    const owners = Object.values(POD_OWNER_RULES).flatMap(({ through }) => (through ? [through.label] : []))
    expect(new Set(read).size).toBeGreaterThan(6)
    expect([...read, ...owners].filter((label) => !SERIES_LABELS.has(label))).toEqual([])
  })
})

describe('what was not recorded', () => {
  it('is a problem that says what differs, and never an empty answer', async () => {
    const { file } = await recordScan(smallPorts())
    const { ports, missing } = await opened(file)
    expect(missing()).toBeUndefined()
    const workloads = await ports.cluster.workloads({ namespaces: ['shop'], kinds: [], selector: 'app=web' })
    expect(workloads).toMatchObject({
      ok: false,
      problem: {
        reason: 'not_in_recording',
        message: expect.stringContaining('namespaces is "["shop"]" where "[]" was recorded; selector is "app=web"'),
      },
    })
    const late = await ports.usage.range('max(prometheus_tsdb_head_series)', {
      start: unixSeconds(AT - 5 * 3600),
      end: unixSeconds(AT + 60),
      stepSeconds: 3600,
    })
    expect(late).toMatchObject({
      problem: { reason: 'not_in_recording', message: expect.stringContaining('nothing of that kind was recorded') },
    })
    expect(missing()?.message).toContain('the list of workloads')
  })
  it('says in which part a query is another one', async () => {
    const { file } = await recordScan(smallPorts())
    const { ports, request: recorded, cluster, missing } = await opened(file)
    await scan({ ...request(), ...recorded, cluster, chosen: simpleWith({ historyHours: 48 }) }, ports)
    expect(missing()?.message).toMatch(/a query: promql is "….*\[2d\].*" where "….*\[14d\].*" was recorded\.$/)
  })
  it('makes the replay fail, also where a scan of a live cluster goes on without it', async () => {
    const { file } = await recordScan(smallPorts())
    rewrite(file, ([header, ...lines]) => {
      const left = lines.filter(({ ask }) => (ask as { method: string }).method !== 'autoscalers')
      return [{ ...header, answers: left.length }, ...left]
    })
    const { ports, request: recorded, cluster } = await opened(file)
    expect(await scan({ ...request(), ...recorded, cluster }, ports)).toMatchObject({ ok: true })
    expect(await replayScan(file)).toMatchObject({ ok: false, problem: { reason: 'not_in_recording' } })
  })
  it('is everything of a kind that was never asked for', async () => {
    const file = join(await temporaryFolder(), 'it')
    expect(await writeRecording(file, { ...request(), usage: usageOf({}) }, newRecording())).toMatchObject({ ok: true })
    const { ports } = await opened(file)
    expect(await ports.cluster.pods({ namespaces: [] })).toMatchObject({
      problem: { message: expect.stringContaining('nothing of that kind was recorded') },
    })
  })
})

describe('the file', () => {
  it('is for its user alone', async () => {
    const before = process.umask(0)
    try {
      const { file } = await recordScan(smallPorts())
      expect(statSync(file).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(before)
    }
  })
  it('is the same, byte for byte, for the same scan', async () => {
    const [one, other] = [await recordScan(smallPorts()), await recordScan(smallPorts())]
    expect(readFileSync(one.file).equals(readFileSync(other.file))).toBe(true)
  })
  it('is the same where the server gives its rows in another order', async () => {
    const rows = ['b', 'c', 'a'].map((name, index) => sample(index, { pod: name, instance: name }))
    const texts = [rows, rows.toReversed()].map(async (up) => {
      const recording = newRecording()
      const ports = recordingPorts({ cluster: clusterOf([]), usage: usageOf({ up }) }, recording)
      const answer = valueOf(await ports.usage.instant('up', AT))
      expect(answer.map(({ labels }) => labels['pod'])).toEqual(['a', 'b', 'c'])
      return valueOf(await recording.packed()).map((part) => Buffer.from(part).toString('base64'))
    })
    expect(await texts[0]).toEqual(await texts[1])
  })
  it('has one line about the scan, and one per answer in the order of the questions', async () => {
    const { file } = await recordScan(smallPorts())
    const [first, ...lines] = textOf(file)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(first).toMatchObject({ format: 'krr-mcp recording', version: 1, answers: lines.length })
    expect(lines.map(({ ask }) => (ask as { method: string }).method)).toContain('workloads')
    expect(lines.length).toBeGreaterThan(5)
  })
})
