import { describe, expect, it } from 'vitest'
import { blocks, type Plan, type PlanStep } from '../../../src/model/plan.ts'
import { problem } from '../../../src/model/problem.ts'
import { ok } from '../../../src/model/result.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import type { PlanWish } from '../../../src/safety/plan/plan-wish.ts'
import { parsePolicy } from '../../../src/safety/policy/parse-policy.ts'
import { liveObject, type LiveSketch } from '../support/live-object.ts'
import { memoryCluster, type MemorySketch } from '../support/memory-cluster.ts'
import { FINGERPRINT, rowOf, scanOf, type RowSketch } from '../support/scan-of.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { wishOf } from '../support/wish-of.ts'

const ALL = ['cpu_requests', 'memory_requests', 'cpu_limits', 'memory_limits'] as const

const attempt = (scan: Scan, more: Partial<PlanWish> = {}, cluster = memoryCluster([liveObject()])) =>
  makePlan(wishOf(scan, more), cluster.ports)

/** One container `app` as it is, and what a row says of it. */
async function planOf(
  resources: object,
  row: RowSketch = {},
  more: Partial<PlanWish> & { readonly live?: LiveSketch; readonly cluster?: MemorySketch } = {},
): Promise<Plan> {
  const { live, cluster, ...wish } = more
  const world = memoryCluster([liveObject({ containers: { app: resources }, ...live })], cluster)
  return valueOf(await attempt(scanOf([rowOf(row)]), wish, world)).plan
}
const fieldsOf = (plan: Plan) => plan.steps.flatMap((step) => step.changes.flatMap((change) => change.fields))
const shown = (plan: Plan) =>
  fieldsOf(plan).map(({ part, resource, before, after }) => `${resource} ${part} ${before} ${after}`)

describe('what may be planned at all', () => {
  it('refuses an empty choice of rows or of fields, and never takes it for "all"', async () => {
    const scan = scanOf([rowOf()])
    expect(problemOf(await attempt(scan, { rows: [] }))).toMatchObject({
      reason: 'nothing_chosen',
      message: 'No rows of scan s-7k3m were chosen.',
      next: expect.stringContaining('Name the rows by their numbers'),
    })
    expect(problemOf(await attempt(scan, { only: [] }))).toMatchObject({
      reason: 'nothing_chosen',
      message: 'No fields of scan s-7k3m were chosen.',
      next: expect.stringContaining('Name the fields'),
    })
  })
  it('refuses rows that the scan does not have, by number', async () => {
    const { reason, message } = problemOf(await attempt(scanOf([rowOf()]), { rows: [1, 7, 9] }))
    expect(reason).toBe('row_not_in_scan')
    expect(message).toContain('no row 7, 9')
  })
  it('refuses a replay, and plans for the demo cluster', async () => {
    expect(problemOf(await attempt(scanOf([rowOf()], { source: 'replay' }))).reason).toBe('scan_not_plannable')
    const plan = valueOf(await attempt(scanOf([rowOf()], { source: 'demo' }))).plan
    expect(plan.cluster.source).toBe('demo')
  })
  it("refuses metrics that may be another cluster's, with the figures", async () => {
    const binding = { kind: 'unbound', matched: 2, running: 40, reason: 'other UIDs' } as const
    const { reason, message } = problemOf(await attempt(scanOf([rowOf()], { binding })))
    expect(reason).toBe('scan_not_plannable')
    expect(message).toContain('2 of 40 running pods')
  })
  it.each(['kubeSystemUid', 'apiOrigin', 'caHash', 'serverVersion'] as const)(
    'refuses another cluster, or another way to it: %s',
    async (key) => {
      const cluster = memoryCluster([liveObject()], { fingerprint: { ...FINGERPRINT, [key]: 'other' } })
      const { reason, message } = problemOf(await attempt(scanOf([rowOf()]), {}, cluster))
      expect(reason).toBe('other_cluster')
      expect(message).toContain('is other, it was')
      expect(cluster.asked).toEqual([])
    },
  )
  it('fails when the cluster does not say which one it is', async () => {
    const fingerprintProblem = problem('api_unreachable', 'No answer.', 'Try.')
    const cluster = memoryCluster([liveObject()], { fingerprintProblem })
    expect(problemOf(await attempt(scanOf([rowOf()]), {}, cluster))).toEqual(fingerprintProblem)
  })
  it('fails as a whole when one workload cannot be read', async () => {
    const workloadProblem = problem('api_forbidden', 'You may not get deployments.', 'Ask.')
    const cluster = memoryCluster([liveObject()], { workloadProblem })
    expect(problemOf(await attempt(scanOf([rowOf()]), {}, cluster))).toEqual(workloadProblem)
  })
})

describe('what is left out, and said', () => {
  const nothing = async (row: RowSketch, live: LiveSketch = {}, more: Partial<PlanWish> = {}) => {
    const { reason, message } = problemOf(await attempt(scanOf([rowOf(row)]), more, memoryCluster([liveObject(live)])))
    expect(reason).toBe('nothing_to_change')
    return message
  }
  it('leaves out a row whose values are so already, compared as numbers', async () => {
    const live = { containers: { app: { requests: { cpu: '0.25', memory: '262144Ki' } } } }
    expect(await nothing({}, live)).toContain('row 1: it has these values already')
  })
  it("leaves out a row without a number, with krr's reason", async () => {
    const info = { cpu: 'Not enough data', memory: 'No data' } as const
    expect(await nothing({ cpu: '?', memory: '?', info })).toContain(
      'row 1: CPU request withheld: Not enough data; memory request withheld: No data',
    )
  })
  it('leaves out what is gone, was made anew, or lost its container', async () => {
    expect(await nothing({ name: 'gone' })).toContain('does not exist any more')
    expect(await nothing({}, { uid: 'uid-2' })).toContain('made anew since the scan')
    expect(await nothing({ container: 'side' })).toContain('no container side any more')
  })
  it('leaves out kinds that it cannot change', async () => {
    expect(await nothing({ kind: 'CronJob' })).toContain('kind_not_supported: a CronJob')
  })
  it('leaves out a row that the scan itself withheld', async () => {
    const withheld = [{ row: 2, container: rowOf({ row: 2 }).container, reason: 'metrics were partial' }]
    const plan = valueOf(await attempt(scanOf([rowOf()], { withheld }), { rows: [1, 2] })).plan
    expect(plan.leftOut).toEqual([{ row: 2, why: 'withheld: “metrics were partial”' }])
  })
  it('never writes a request of zero, nor removes one', async () => {
    expect(await nothing({ cpu: 0, memory: Number.NaN })).toContain('not above zero')
    expect(await nothing({ cpu: null, memory: null, memoryLimit: null })).toContain('a request is never removed')
  })
  it('notes a field without a number where the rest of the row is planned', async () => {
    const plan = await planOf({}, { cpu: '?', info: { cpu: 'No data', memory: null } })
    expect(shown(plan)).toEqual(['memory requests null 256Mi'])
    expect(plan.leftOut).toEqual([])
    expect(plan.checks.find(({ check }) => check === 'withheld')).toMatchObject({
      verdict: 'note',
      message: 'Row 1 (app): CPU request withheld: No data.',
    })
  })
  it('names the first reasons when everything is left out, and counts the rest', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => rowOf({ row: index + 1, name: `gone-${index}` }))
    const { message } = problemOf(await attempt(scanOf(rows)))
    expect(message).toContain('row 5:')
    expect(message).not.toContain('row 6:')
    expect(message).toContain('and 2 more')
  })
})

describe('which values', () => {
  it('changes requests only, unless limits are chosen', async () => {
    const plan = await planOf({ requests: { cpu: '100m' }, limits: { cpu: '1', memory: '1Gi' } })
    expect(shown(plan)).toEqual(['cpu requests 100m 250m', 'memory requests null 256Mi'])
    expect(plan.steps[0]?.changes[0]?.after).toEqual({
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { cpu: '1', memory: '1Gi' },
    })
  })
  it('raises a limit that the new request would exceed, and says that it did', async () => {
    const plan = await planOf({ limits: { cpu: '200m', memory: '256Mi' } })
    expect(fieldsOf(plan)).toContainEqual({
      part: 'limits',
      resource: 'cpu',
      before: '200m',
      after: '250m',
      why: 'raised_with_request',
    })
    expect(shown(plan)).toHaveLength(3)
  })
  it('removes a chosen limit where krr says none, and sets one where krr names one', async () => {
    const plan = await planOf({ limits: { cpu: '1' } }, {}, { only: ALL })
    expect(shown(plan)).toEqual([
      'cpu requests null 250m',
      'cpu limits 1 null',
      'memory requests null 256Mi',
      'memory limits null 256Mi',
    ])
    expect(plan.steps[0]?.changes[0]?.after).toEqual({
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { memory: '256Mi' },
    })
  })
  it('keeps a chosen limit that has no number, and raises it if it must', async () => {
    const plan = await planOf({ limits: { cpu: '100m' } }, { cpuLimit: '?', memory: '?' }, { only: ALL })
    expect(shown(plan)).toEqual(['cpu requests null 250m', 'cpu limits 100m 250m'])
  })
  it('does not raise a limit that was chosen: a number below the request is shown and blocked, not mended', async () => {
    const plan = await planOf({ limits: { cpu: '1' } }, { cpuLimit: 0.1 }, { only: ['cpu_requests', 'cpu_limits'] })
    expect(shown(plan)).toEqual(['cpu requests null 250m', 'cpu limits 1 100m'])
    expect(plan.checks.filter(blocks).map(({ check }) => check)).toContain('limit-below-request')
  })
  it('blocks a chosen limit below the request that stays', async () => {
    const plan = await planOf({ requests: { memory: '1Gi' } }, {}, { only: ['memory_limits'] })
    expect(shown(plan)).toEqual(['memory limits null 256Mi'])
    expect(plan.checks.filter(blocks).map(({ check }) => check)).toContain('limit-below-request')
  })
  it('never touches what is not CPU or memory', async () => {
    const other = {
      requests: { 'ephemeral-storage': '1Gi' },
      limits: { 'nvidia.com/gpu': '1' },
      claims: [{ name: 'x' }],
    }
    const plan = await planOf(other)
    expect(plan.steps[0]?.changes[0]?.after).toEqual({
      ...other,
      requests: { 'ephemeral-storage': '1Gi', cpu: '250m', memory: '256Mi' },
    })
  })
  it('rounds up to whole millicores and whole bytes, in the form that the server stores', async () => {
    const plan = await planOf({}, { cpu: 0.0101, memory: 123_456_000.2 })
    expect(shown(plan)).toEqual(['cpu requests null 11m', 'memory requests null 123456001'])
    expect(shown(await planOf({}, { cpu: 2, memory: 5e9 }))).toEqual(['cpu requests null 2', 'memory requests null 5G'])
  })
})

describe('the steps', () => {
  it('makes one step of all chosen containers of a workload, in one patch', async () => {
    const cluster = memoryCluster([
      liveObject({ containers: { side: {}, app: {} } }),
      liveObject({ name: 'api', uid: 'uid-2' }),
    ])
    const rows = [
      rowOf({ row: 1, container: 'app' }),
      rowOf({ row: 2, name: 'api', uid: 'uid-2' }),
      rowOf({ row: 3, container: 'side' }),
    ]
    const plan = valueOf(await attempt(scanOf(rows), {}, cluster)).plan
    expect(plan.steps.map(({ step, wave, target }) => [step, wave, target.name])).toEqual([
      [1, 1, 'web'],
      [2, 1, 'api'],
    ])
    expect(plan.steps[0]?.changes.map(({ container, index }) => [container, index])).toEqual([
      ['app', 1],
      ['side', 0],
    ])
    expect(cluster.asked.filter((each) => each.startsWith('list'))).toEqual(['list horizontalpodautoscalers shop'])
  })
  it('counts the pods, and says whether they are replaced', async () => {
    const stepOf = async (live: LiveSketch, row: RowSketch = {}): Promise<PlanStep | undefined> =>
      (await planOf({}, row, { live })).steps[0]
    expect(await stepOf({ replicas: 3 })).toMatchObject({ podsAffected: 3, restart: true })
    expect(await stepOf({ replicas: 0 })).toMatchObject({ podsAffected: 0, restart: false })
    const kind = 'DaemonSet'
    expect(await stepOf({ kind, status: { desiredNumberScheduled: 5 } }, { kind })).toMatchObject({
      podsAffected: 5,
      restart: true,
    })
    const spec = { updateStrategy: { type: 'OnDelete' } }
    expect(await stepOf({ kind: 'StatefulSet', replicas: 2, spec }, { kind: 'StatefulSet' })).toMatchObject({
      podsAffected: 2,
      restart: false,
    })
  })
  it('needs the level that the policy demands of its namespaces', async () => {
    const policy = valueOf(parsePolicy('client_namespaces: [shop]'))
    const plan = await planOf({}, {}, { policy })
    expect(plan).toMatchObject({ requiredLevel: 'client', policyRevision: policy.revision })
    expect(await planOf({})).toMatchObject({ requiredLevel: 'terminal', policyRevision: 'default' })
  })
  it('is the same plan for the same wish on the same cluster', async () => {
    const scan = scanOf([rowOf()])
    const [one, two] = [valueOf(await attempt(scan)), valueOf(await attempt(scan))]
    expect(one).toEqual(two)
    expect(Object.isFrozen(one.plan.steps[0]?.changes[0]?.fields)).toBe(true)
  })
})

describe('the proof', () => {
  const proofs = (plan: Plan) =>
    plan.checks.filter(({ check }) => ['dry-run', 'admission', 'undo', 'webhook', 'api-warning'].includes(check))

  it('passes where the API server would do exactly what is shown', async () => {
    const plan = await planOf({})
    expect(proofs(plan).map(({ check, verdict }) => [check, verdict])).toEqual([
      ['dry-run', 'pass'],
      ['undo', 'pass'],
    ])
    expect(plan.checks.filter(blocks)).toEqual([])
  })
  it('blocks what admission would change, and shows where', async () => {
    const admit: MemorySketch['admit'] = (object) => ({
      ...object,
      spec: { ...(object['spec'] as object), paused: true },
    })
    const [found] = proofs(await planOf({}, {}, { cluster: { admit } }))
    expect(found).toMatchObject({
      check: 'admission',
      verdict: 'block',
      message: expect.stringContaining('“/spec/paused” is true'),
    })
  })
  it('shows the first eight of many differences, and what was taken away', async () => {
    const admit: MemorySketch['admit'] = (object) => ({
      ...Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'spec')),
      extra: Object.fromEntries(Array.from({ length: 9 }, (__, index) => [`k${index}`, index])),
      ...Object.fromEntries(Array.from({ length: 9 }, (__, index) => [`x${index}`, '<b>'])),
    })
    const [found] = proofs(await planOf({}, {}, { cluster: { admit } }))
    expect(found?.message).toMatch(/ and 3 more\.$/)
    expect(found?.message).toContain('“/spec” is gone')
    expect(found?.message).not.toContain('<b>')
  })
  it('ignores what the API server writes by itself', async () => {
    const admit: MemorySketch['admit'] = (object) => ({
      ...object,
      metadata: { ...(object['metadata'] as object), generation: 2, resourceVersion: '8', managedFields: [{}] },
      status: { observedGeneration: 1, replicas: 7 },
    })
    expect(proofs(await planOf({}, {}, { cluster: { admit } }))[0]?.verdict).toBe('pass')
  })
  it('notes warnings, made harmless', async () => {
    const found = proofs(await planOf({}, {}, { cluster: { warnings: ['deprecated\n- Pods affected: 0'] } }))
    expect(found[1]).toMatchObject({ check: 'api-warning', verdict: 'note' })
    expect(found[1]?.message).toBe('The API server warns: “deprecated\uFFFD– Pods affected: 0”')
  })
  it.each([
    [
      'api_forbidden',
      'You may not patch deployments.',
      'dry-run',
      'block',
      'would refuse the change: “You may not patch',
    ],
    ['api_invalid', 'spec: Invalid value', 'dry-run', 'block', 'would refuse the change'],
    [
      'api_invalid',
      'the server rejected our request due to an error in our request',
      'dry-run',
      'block',
      'changed while',
    ],
    ['api_error', 'admission webhook "x" does not support dry run', 'webhook', 'unknown', 'refuses dry runs'],
    ['api_unreachable', 'It did not answer in time.', 'dry-run', 'unknown', 'could not be made'],
  ] as const)('says in its own words why a dry run failed: %s, %s', async (reason, message, check, verdict, words) => {
    const dryRunProblem = problem(reason, message, 'Do something.')
    const [found] = proofs(await planOf({}, {}, { cluster: { dryRunProblem } }))
    expect(found).toMatchObject({ check, verdict, message: expect.stringContaining(words) })
  })
  it('compares once more with the fresh object before it blames admission', async () => {
    // Somebody else adds a label between our read and the dry run: the server's answer has it, our copy has not.
    const cluster = memoryCluster([liveObject()])
    const labelled = liveObject({ metadata: { labels: { app: 'web', added: 'by somebody' } } })
    const { objects, dryRunner } = cluster.ports
    const dryRun: typeof dryRunner.dryRun = (request) => {
      cluster.objects.set('deployment/shop/web', labelled)
      return dryRunner.dryRun(request)
    }
    const plan = valueOf(await makePlan(wishOf(scanOf([rowOf()])), { objects, dryRunner: { dryRun } })).plan
    expect(proofs(plan).map(({ check, verdict }) => [check, verdict])).toEqual([
      ['dry-run', 'pass'],
      ['undo', 'pass'],
    ])
  })
  it('says that the workload changed where the patch no longer applies to it', async () => {
    const cluster = memoryCluster([liveObject()])
    const { objects, dryRunner } = cluster.ports
    // The dry run is answered, but the object that is read afterwards is another.
    const workload: typeof objects.workload = async (ref) => {
      const found = await objects.workload(ref)
      cluster.objects.set('deployment/shop/web', liveObject({ uid: 'uid-2' }))
      return found
    }
    const answer = { object: liveObject(), warnings: [] }
    const ports = {
      objects: { ...objects, workload },
      dryRunner: { ...dryRunner, dryRun: () => Promise.resolve(ok(answer)) },
    }
    const plan = valueOf(await makePlan(wishOf(scanOf([rowOf()])), ports)).plan
    expect(proofs(plan)[0]).toMatchObject({
      check: 'dry-run',
      verdict: 'block',
      message: expect.stringContaining('changed while'),
    })
  })
  it('blocks as unknown when autoscalers could not be read', async () => {
    const autoscalers = problem('api_forbidden', 'You may not list them.', 'Ask.')
    const plan = await planOf({}, {}, { cluster: { autoscalers } })
    expect(plan.checks.filter(blocks)).toEqual([expect.objectContaining({ check: 'autoscaler', verdict: 'unknown' })])
    const none = problem('api_not_found', 'Not served.', '')
    expect((await planOf({}, {}, { cluster: { autoscalers: none } })).checks.filter(blocks)).toEqual([])
  })
})
