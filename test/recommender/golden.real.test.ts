import { afterAll, expect, it } from 'vitest'
import type { Scan } from '../../src/model/recommendation.ts'
import { failed } from '../../src/model/result.ts'
import { containerPath } from '../../src/model/workload.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import { krrJson } from '../../src/surfaces/render/krr-json.ts'
import { describeGolden, type WhichPrometheus } from '../harness/describe-golden.ts'
import type { GoldenWorld } from '../harness/start-golden-world.ts'
import { countFields, differingFields } from './support/differing-fields.ts'
import { type GoldenScan, goldenScans, requestOf } from './support/golden-scans.ts'
import { scanWorld } from './support/scan-world.ts'

/** What we want to be different from krr's answer, with the reason. */
const WANTED: Readonly<Record<string, string>> = {
  'team-b deployment/infinite-memory/main':
    'its metrics say +Inf: krr drops the object without a word, ours is a withheld row with the reason',
}
/** A scan of everything in the world: these kinds, and how many rows of each. */
const KINDS = {
  Deployment: 38,
  Rollout: 2,
  StrimziPodSet: 1,
  DeploymentConfig: 1,
  StatefulSet: 1,
  DaemonSet: 1,
  Job: 2,
  CronJob: 1,
}

/** Names and order too: as text, but for the cluster's name and what krr calls its configuration. */
function comparable(scan: Scan): Omit<GoldenScan['result'], never> {
  const { config: _, scans, ...rest } = krrJson(scan)
  const ours = { scans: scans.map((each) => ({ ...each, object: { ...each.object, cluster: null } })), ...rest }
  return JSON.parse(JSON.stringify(ours)) as GoldenScan['result']
}

/** krr's answer on a server that cuts ranges as this one does: its version may be unknown, its behaviour is not. */
function krrsAnswer(world: string, golden: GoldenScan, scan: Scan): GoldenScan['result'] {
  const folder = scan.prometheus.closedRanges ? world : `${world}-prometheus-3`
  const found = goldenScans(folder).find(({ name }) => name === golden.name)
  if (!found) throw new Error(`no ${golden.name} in ${folder}`)
  return found.result
}

const total = { files: 0, rows: 0, fields: 0, queries: 0, krrQueries: 0 }

const WORLDS = [
  ['two-days', { compared: 13, rows: 459 }],
  ['fortnight', { compared: 4, rows: 36 }],
] as const
const SERVERS = ['prometheusBinaries', 'newerPrometheus'] as const

for (const which of SERVERS) for (const [world, files] of WORLDS) compareWorld(which, world, files)

interface Expected {
  readonly compared: number
  readonly rows: number
}
function compareWorld(which: WhichPrometheus, world: 'two-days' | 'fortnight', files: Expected): void {
  const suite = (running: () => GoldenWorld): void => {
    let rows = 0
    const compared = goldenScans(world)
    it('compares every file', () => {
      expect(compared).toHaveLength(files.compared)
    })

    it.each(compared.map((golden) => [golden.name, golden] as const))(
      'gives every number of krr: %s',
      async (_name, golden) => {
        const scan = await scanWorld(running(), requestOf(golden))
        const krr = krrsAnswer(world, golden, scan)
        expect(scan.rows).toHaveLength(krr.scans.length)
        expect(differingFields(comparable(scan), krr)).toEqual([])
        expect(JSON.stringify(comparable(scan).scans)).toBe(JSON.stringify(krr.scans))
        const inScope = scan.rows.some(({ container }) => container.namespace === 'team-b') && world === 'two-days'
        expect(scan.withheld.map(({ container }) => `${container.namespace} ${containerPath(container)}`)).toEqual(
          inScope ? Object.keys(WANTED) : [],
        )
        rows += scan.rows.length
        total.files += 1
        total.rows += scan.rows.length
        total.fields += countFields(krr)
        total.queries += scan.prometheus.queries
        total.krrQueries += golden.queries
      },
    )

    it('compared the rows that there are', () => {
      expect(rows).toBe(files.rows)
    })

    if (which === 'newerPrometheus') {
      it('was compared with what krr says on such a server', async () => {
        const scan = await scanWorld(running(), requestOf(compared[0]!))
        expect(scan.prometheus.closedRanges).toBe(false)
      })
    }
    if (world !== 'two-days' || which === 'newerPrometheus') return
    const golden = goldenScans('two-days').find(({ name }) => name === 'simple-48h')!

    it('has rows of every kind, Deployments, StatefulSets and DaemonSets among them', async () => {
      const scan = await scanWorld(running(), requestOf(golden))
      const kinds = Object.groupBy(scan.rows, ({ container }) => container.kind)
      expect(Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, all.length]))).toEqual(KINDS)
      expect(scan.prometheus.queries).toBeLessThanOrEqual(golden.queries / 25)
    })

    it('gives the same numbers from many small queries', async () => {
      const scan = await scanWorld(running(), requestOf(golden), { pointBudget: 25_000 })
      expect(scan.prometheus.queries).toBeGreaterThan(40)
      expect(differingFields(comparable(scan), krrsAnswer('two-days', golden, scan))).toEqual([])
    })

    it('gives the same numbers from a server that refuses large questions', async () => {
      let refused = 0
      const small = (usage: UsageReader): UsageReader => ({
        ...usage,
        instant: async (promql, at) => {
          const answer = await usage.instant(promql, at)
          if (!answer.ok || answer.value.length <= 30 || !promql.includes('container_')) return answer
          refused += 1
          return failed({ reason: 'prometheus_refused', message: 'too many samples', next: '', tooMuch: true })
        },
      })
      const inTeamB = goldenScans('two-days').find(({ name }) => name === 'simple-48h-oom-buffer-100')!
      const scan = await scanWorld(running(), requestOf(inTeamB), { through: small })
      expect(refused).toBeGreaterThan(5)
      expect(differingFields(comparable(scan), krrsAnswer('two-days', inTeamB, scan))).toEqual([])
    })
  }
  describeGolden({ world, seed: 1 }, suite, which)
}

afterAll(() => {
  const { files, rows, fields, queries, krrQueries } = total
  console.log(
    `golden: ${files} files, ${rows} rows, ${fields} fields; ${queries} queries where krr needed ${krrQueries}`,
  )
})
