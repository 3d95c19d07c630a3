import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { newRecording } from '../../../src/adapters/replay/recording.ts'
import { recordingPorts } from '../../../src/adapters/replay/recording-ports.ts'
import { writeRecording } from '../../../src/adapters/replay/write-recording.ts'
import { connectPrometheus } from '../../../src/adapters/prometheus/connect-prometheus.ts'
import { resolveConnection } from '../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { ScanId } from '../../../src/model/ids.ts'
import type { Scope } from '../../../src/model/observation.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import type { ChosenStrategy } from '../../../src/model/strategy.ts'
import { unixSeconds, wallMillis } from '../../../src/model/time.ts'
import { scan } from '../../../src/recommender/scan.ts'
import { chooseStrategy } from '../../../src/recommender/strategies/choose-strategy.ts'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { describeGolden } from '../../harness/describe-golden.ts'
import type { GoldenWorld } from '../../harness/start-golden-world.ts'
import { goldenScans, requestOf } from '../../recommender/support/golden-scans.ts'
import { valueOf } from '../../recommender/support/scan-world.ts'
import { replayScan } from './support/replay-scan.ts'
import { textOf } from './support/small-scan.ts'

interface Asked {
  readonly chosen: ChosenStrategy
  readonly scope: Scope
}
const folder = mkdtempSync(join(tmpdir(), 'krr-mcp-golden-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A scan over the real adapters, recorded. */
async function recordWorld(world: GoldenWorld, { chosen, scope }: Asked, file: string): Promise<Scan> {
  const { kubeconfigFile } = world.controlPlane
  const cluster = connectReader(valueOf(await resolveConnection({ kubeconfig: kubeconfigFile, environment: {} })))
  const usage = valueOf(connectPrometheus({ url: world.prometheusUrl }))
  try {
    const about = {
      cluster: { name: 'golden', source: 'live', fingerprint: valueOf(await cluster.fingerprint()) },
      chosen,
      scope,
      evaluatedAt: unixSeconds(world.evaluatedAt),
      takenAt: wallMillis(world.evaluatedAt * 1000),
    } as const
    const recording = newRecording()
    const live = valueOf(
      await scan({ id: 's-test' as ScanId, ...about }, recordingPorts({ cluster, usage }, recording)),
    )
    const written = await writeRecording(file, { ...about, usage }, recording)
    if (!written.ok) throw new Error(written.problem.message)
    return live
  } finally {
    await Promise.all([cluster.close(), usage.close()])
  }
}

const everything = { namespaces: [], kinds: [] } satisfies Scope
const strategies = (['simple', 'simple_limit', 'usage_aware'] as const).map((name) => {
  const chosen = valueOf(chooseStrategy(name, { historyHours: 48, useOomkillData: true }))
  return [name, { chosen, scope: everything }] as const
})
const oneTeam = { ...everything, namespaces: ['team-b'], selector: 'app' } satisfies Scope
const krrs = goldenScans('two-days').slice(0, 4)

describeGolden({ world: 'two-days', seed: 1 }, (world) => {
  it.each([
    ...strategies,
    ['one namespace, with a selector', { chosen: strategies[0]![1].chosen, scope: oneTeam }] as const,
    ...krrs.map((golden) => [`krr's way: ${golden.name}`, requestOf(golden)] as const),
  ])('is replayed to the bit: %s', async (name, asked) => {
    const file = join(folder, name.replaceAll(/\W/g, '-'))
    const live = await recordWorld(world(), asked, file)
    const replayed = valueOf(await replayScan(file))
    expect(live.rows.length).toBeGreaterThan(0)
    expect(live.prometheus.queries).toBeGreaterThan(4)
    expect(replayed).toStrictEqual({ ...live, cluster: { ...live.cluster, source: 'replay' } })
    expect(JSON.stringify(krrJson(replayed))).toBe(JSON.stringify(krrJson(live)))
    const bytes = statSync(file).size
    console.log(`${name}: ${live.rows.length} rows, ${live.prometheus.queries} queries, ${bytes} bytes`)
  })

  it('is the same file, byte for byte, for the same scan', async () => {
    const files = [join(folder, 'one'), join(folder, 'other')]
    for (const file of files) await recordWorld(world(), strategies[0]![1], file)
    const [one, other] = files.map((file) => readFileSync(file))
    expect(textOf(files[0]!)).toBe(textOf(files[1]!))
    expect(one!.equals(other!)).toBe(true)
  })

  it('holds neither the token nor annotations nor labels of series that a scan does not read', () => {
    const text = textOf(join(folder, 'simple'))
    expect(text).not.toContain(world().controlPlane.adminToken)
    expect(text).not.toMatch(/annotations|last-applied|"instance":|"metrics_path":|"image":|"node":/)
  })
})
