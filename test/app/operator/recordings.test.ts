import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scanCluster } from '../../../src/app/agent/scan.ts'
import { inspectRow } from '../../../src/app/agent/inspect.ts'
import { previewChanges } from '../../../src/app/agent/preview.ts'
import { recordToFile } from '../../../src/app/operator/record-to-file.ts'
import { replayFromFile } from '../../../src/app/operator/replay-from-file.ts'
import { fileRecordings } from '../../../src/main/wire/file-recordings.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed } from '../../../src/model/result.ts'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { rewrite, temporaryFolder } from '../../adapters/replay/support/small-scan.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { appWorld, type AppWorld } from '../support/app-world.ts'
import { EVERYTHING, scannableWorld, silence } from '../support/scannable-world.ts'

const target = async () => ({ file: join(await temporaryFolder(), 'scan.recording'), recordings: fileRecordings })
const scans = async ({ journal }: AppWorld): Promise<number> => valueOf(await journal.state()).scans.size

async function recordedOne() {
  const world = scannableWorld()
  const to = await target()
  const live = valueOf(valueOf(await recordToFile(EVERYTHING, to, world.ports)).scan)
  return { world, live, file: to.file }
}

describe('a recorded scan', () => {
  it('is a scan like any other, and only its user can read the file', async () => {
    const { world, live, file } = await recordedOne()
    const plain = valueOf(await scanCluster(EVERYTHING, world.ports))
    expect({ ...live, id: '', takenAt: 0 }).toEqual({ ...plain, id: '', takenAt: 0 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await scans(world)).toBe(2)
  })

  it('is replayed bit for bit without any cluster, as a replay', async () => {
    const { live, file } = await recordedOne()
    const elsewhere = appWorld()
    const refuses = () => Promise.reject(new Error('connected'))
    const ports = { ...elsewhere.ports, cluster: refuses, usage: refuses }
    const replayed = valueOf(await replayFromFile(file, fileRecordings, ports))
    expect(JSON.stringify(krrJson(replayed))).toBe(JSON.stringify(krrJson(live)))
    expect({ ...replayed, id: live.id }).toEqual({ ...live, cluster: { ...live.cluster, source: 'replay' } })
    expect(await scans(elsewhere)).toBe(1)
  })

  it('that failed is recorded too, and its replay fails in the same way', async () => {
    const refused = { ...problem('prometheus_refused', 'too many samples', 'ask less'), tooMuch: false }
    const world = scannableWorld((read) => ({
      ...read,
      usage: { ...read.usage, instant: () => Promise.resolve(failed(refused)) },
    }))
    const to = await target()
    const { scan } = valueOf(await recordToFile(EVERYTHING, to, world.ports))
    expect(scan).toMatchObject({ problem: { message: 'too many samples' } })
    expect(await replayFromFile(to.file, fileRecordings, appWorld().ports)).toMatchObject({
      problem: { reason: 'prometheus_refused', message: 'too many samples' },
    })
    expect(await scans(world)).toBe(0)
  })

  it('that was stopped leaves no file', async () => {
    const world = scannableWorld((read) => ({ ...read, usage: { ...read.usage, instant: silence } }))
    const to = await target()
    const stop = new AbortController()
    const going = recordToFile({ ...EVERYTHING, signal: stop.signal }, to, world.ports)
    setTimeout(() => stop.abort(), 20)
    expect(await going).toMatchObject({ problem: { reason: 'cancelled' } })
    expect(readdirSync(join(to.file, '..'))).toEqual([])
  })

  it('does not write over a file, and says so before it has asked anything', async () => {
    const to = await target()
    writeFileSync(to.file, 'mine')
    const refuses = () => Promise.reject(new Error('connected'))
    const ports = { ...scannableWorld().ports, cluster: refuses, usage: refuses }
    expect(await recordToFile(EVERYTHING, to, ports)).toMatchObject({ problem: { reason: 'recording_exists' } })
  })

  it('is not made where there is no such folder, or where krr computes', async () => {
    const { ports } = scannableWorld()
    const nowhere = { ...(await target()), file: join(await temporaryFolder(), 'none', 'scan.recording') }
    expect(await recordToFile(EVERYTHING, nowhere, ports)).toMatchObject({ problem: { next: expect.any(String) } })
    const krr = () => Promise.reject(new Error('krr was started'))
    const to = await target()
    expect(await recordToFile(EVERYTHING, to, { ...ports, krr })).toMatchObject({
      problem: { reason: 'bad_setting', next: expect.stringContaining('--engine native') },
    })
    expect(existsSync(to.file)).toBe(false)
  })

  it('that ended before it read anything ends with that problem, and leaves no file', async () => {
    const gone = failed(problem('no_kubeconfig', 'none', 'name one'))
    const to = await target()
    const ports = { ...scannableWorld().ports, cluster: () => Promise.resolve(gone) }
    expect(await recordToFile(EVERYTHING, to, ports)).toEqual(gone)
    expect(existsSync(to.file)).toBe(false)
  })
})

describe('a replay', () => {
  it('can be neither planned nor asked about, also where its cluster can be reached', async () => {
    const { world, file } = await recordedOne()
    const replayed = valueOf(await replayFromFile(file, fileRecordings, world.ports))
    expect(await previewChanges({ scan: replayed.id, rows: [1] }, world.ports)).toMatchObject({
      problem: { reason: 'scan_not_plannable' },
    })
    const [row] = replayed.rows
    if (!row) throw new Error('the replay has no row')
    expect(await inspectRow({ scan: replayed, row, overTime: true }, world.ports)).toMatchObject({
      problem: { reason: 'not_in_recording' },
    })
    expect(valueOf(await world.journal.state()).plans.size).toBe(0)
  })

  it('of a file that lacks an answer is no scan: its numbers would be others', async () => {
    const { file } = await recordedOne()
    rewrite(file, (lines) => lines.filter((line) => !JSON.stringify(line).includes('quantile_over_time')))
    const elsewhere = appWorld()
    expect(await replayFromFile(file, fileRecordings, elsewhere.ports)).toMatchObject({
      ok: false,
      problem: { next: expect.any(String) },
    })
    expect(await scans(elsewhere)).toBe(0)
  })

  it('of a setting that no door would let in is refused', async () => {
    const { file } = await recordedOne()
    rewrite(file, ([header, ...lines]) => {
      const text = JSON.stringify(header)
      expect(text).toContain('"cpuPercentile":95')
      return [{ ...header, ...JSON.parse(text.replace('"cpuPercentile":95', '"cpuPercentile":950')) }, ...lines]
    })
    expect(await replayFromFile(file, fileRecordings, appWorld().ports)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/percentile|recording/i), next: expect.any(String) },
    })
  })
})
