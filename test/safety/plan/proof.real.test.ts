import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { blocks, type CheckResult, type Plan } from '../../../src/model/plan.ts'
import { lookText } from '../../../src/safety/checks/look.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import type { PlanPorts } from '../../../src/safety/plan/plan-wish.ts'
import { describeReal } from '../../harness/describe-real.ts'
import { makeNamespace } from '../../harness/make-namespace.ts'
import { waitForRollout } from '../../harness/wait-for-rollout.ts'
import { plannedWorld, type PlannedWorld } from '../support/planned-world.ts'
import { rowOf, scanOf, type RowSketch } from '../support/scan-of.ts'
import { valueOf } from '../support/value-of.ts'
import { wishOf } from '../support/wish-of.ts'
import { workloadManifest, type ManifestSketch } from '../support/workload-manifest.ts'

const ADMISSION = '/apis/admissionregistration.k8s.io/v1'
const RBAC = '/apis/rbac.authorization.k8s.io/v1'

describeReal('what a real cluster does to a plan', (controlPlane) => {
  let world: PlannedWorld
  const made: string[] = []
  beforeAll(async () => {
    world = await plannedWorld(controlPlane)
  })
  afterAll(async () => {
    // Policies and roles are the whole cluster's, and other suites share it.
    for (const path of made.toReversed()) await world.api.delete(path)
    await world.close()
  })
  const make = async (
    collection: string,
    object: { readonly metadata: { readonly name: string }; readonly [key: string]: unknown },
  ): Promise<void> => {
    await world.api.post(collection, object)
    made.push(`${collection}/${object.metadata.name}`)
  }

  async function deployed(prefix: string, sketch: ManifestSketch = {}) {
    const namespace = await makeNamespace(world.api, prefix)
    const object = await world.create(
      namespace,
      'Deployment',
      workloadManifest('Deployment', { name: 'web', ...sketch }),
    )
    if (sketch.spec === undefined) await waitForRollout(world.api, namespace, { name: 'web' })
    const uid = lookText(object, 'metadata', 'uid') ?? ''
    const plan = async (row: RowSketch = {}, ports: PlanPorts = world.ports): Promise<Plan> => {
      const scan = scanOf([rowOf({ namespace, uid, ...row })], { fingerprint: world.fingerprint })
      return valueOf(await makePlan(wishOf(scan), ports)).plan
    }
    return { namespace, plan, path: `/apis/apps/v1/namespaces/${namespace}/deployments/web` }
  }
  const blocking = (plan: Plan): readonly CheckResult[] => plan.checks.filter(blocks)

  /** Policies take a moment to take effect. */
  async function eventually(plan: () => Promise<Plan>, holds: (plan: Plan) => boolean): Promise<Plan> {
    for (const deadline = Date.now() + 20_000; ; await sleep(200)) {
      const found = await plan()
      if (holds(found) || Date.now() > deadline) return found
    }
  }
  const matching = (namespace: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] }],
  })
  async function validating(namespace: string, expression: string, actions: readonly string[]): Promise<void> {
    const metadata = { name: `${namespace}-validating` }
    const spec = {
      matchConstraints: matching(namespace),
      validations: [{ expression, message: 'as this cluster wants it' }],
    }
    await make(`${ADMISSION}/validatingadmissionpolicies`, { metadata, spec })
    await make(`${ADMISSION}/validatingadmissionpolicybindings`, {
      metadata,
      spec: { policyName: metadata.name, validationActions: actions },
    })
  }

  it('has nothing to say of a healthy Deployment and a change that it would take', async () => {
    const { plan } = await deployed('proof-fine')
    expect(blocking(await plan())).toEqual([])
    expect(await plan()).toMatchObject({ steps: [{ podsAffected: 1, restart: true }] })
  })

  it('shows and blocks what a mutating policy would add to the change', async () => {
    const { namespace, plan } = await deployed('proof-mutating')
    const metadata = { name: `${namespace}-mutating` }
    const expression = 'Object{metadata: Object.metadata{labels: {"injected": "yes"}}}'
    const spec = {
      matchConstraints: matching(namespace),
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
    }
    await make(`${ADMISSION}/mutatingadmissionpolicies`, { metadata, spec })
    await make(`${ADMISSION}/mutatingadmissionpolicybindings`, { metadata, spec: { policyName: metadata.name } })
    const found = await eventually(plan, (each) => each.checks.some(({ check }) => check === 'admission'))
    expect(blocking(found)).toEqual([
      expect.objectContaining({
        check: 'admission',
        message: expect.stringContaining('“/metadata/labels/injected” is yes'),
      }),
    ])
  })

  it("blocks what a validating policy refuses, in the policy's own words", async () => {
    const { namespace, plan } = await deployed('proof-denied')
    await validating(namespace, 'false', ['Deny'])
    const found = await eventually(plan, (each) => blocking(each).length > 0)
    expect(blocking(found)).toEqual([
      expect.objectContaining({
        check: 'dry-run',
        verdict: 'block',
        message: expect.stringContaining('as this cluster wants it'),
      }),
    ])
  })

  it('notes what the API server warns of, and does not block', async () => {
    const { namespace, plan } = await deployed('proof-warned')
    await validating(namespace, 'false', ['Warn'])
    const found = await eventually(plan, (each) => each.checks.some(({ check }) => check === 'api-warning'))
    expect(found.checks.find(({ check }) => check === 'api-warning')).toMatchObject({
      verdict: 'note',
      message: expect.stringContaining('as this cluster wants it'),
    })
    expect(blocking(found)).toEqual([])
  })

  it('does not know what would happen while a webhook cannot be reached', async () => {
    const { namespace, plan } = await deployed('proof-webhook')
    const webhook = {
      name: 'dead.example.com',
      clientConfig: { url: 'https://127.0.0.1:1/' },
      rules: [{ ...matching(namespace).resourceRules[0], scope: '*' }],
      namespaceSelector: matching(namespace).namespaceSelector,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      timeoutSeconds: 1,
    }
    await make(`${ADMISSION}/validatingwebhookconfigurations`, {
      metadata: { name: `${namespace}-webhook` },
      webhooks: [webhook],
    })
    const found = await eventually(plan, (each) => blocking(each).length > 0)
    expect(blocking(found)).toEqual([expect.objectContaining({ check: 'dry-run', verdict: 'unknown' })])
  })

  it('blocks when we may look and not patch, and does not know of autoscalers that we may not list', async () => {
    const { namespace, plan } = await deployed('proof-rbac')
    const grant = async (user: string, rules: readonly object[]): Promise<void> => {
      const metadata = { name: `${namespace}-${user}` }
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name }
      const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }]
      await make(`${RBAC}/clusterroles`, { metadata, rules })
      await make(`${RBAC}/clusterrolebindings`, { metadata, roleRef, subjects })
    }
    const looking = [
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
    ]
    await grant('viewer', [
      ...looking,
      { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['list'] },
    ])
    await grant('bob', [...looking, { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] }])
    const [viewer, bob] = [await plannedWorld(controlPlane, 'viewer'), await plannedWorld(controlPlane, 'bob')]
    try {
      expect(blocking(await plan({}, viewer.ports))).toEqual([
        expect.objectContaining({
          check: 'dry-run',
          verdict: 'block',
          message: expect.stringContaining('may not patch deployments'),
        }),
      ])
      expect(blocking(await plan({}, bob.ports))).toEqual([
        expect.objectContaining({
          check: 'autoscaler',
          verdict: 'unknown',
          message: expect.stringContaining('may not list horizontalpodautoscalers'),
        }),
      ])
    } finally {
      await Promise.all([viewer.close(), bob.close()])
    }
  })

  it('blocks a real autoscaler on the request that changes, with its own numbers', async () => {
    const { namespace, plan } = await deployed('proof-hpa')
    const metadata = { name: 'web' }
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
    await world.api.post(`/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, {
      metadata,
      spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 5 },
    })
    expect(blocking(await plan())).toEqual([
      expect.objectContaining({
        check: 'autoscaler',
        message: expect.stringContaining('(1 to 5 replicas) keeps cpu at 80 %'),
      }),
    ])
    expect(blocking(await plan({ cpu: '?' }))).toEqual([])
  })

  it('blocks a paused rollout, one that is running, and one that cannot finish', async () => {
    const paused = await deployed('proof-paused', { spec: { paused: true } })
    expect(blocking(await paused.plan()).map(({ check }) => check)).toContain('rollout-paused')
    const stuck = await deployed('proof-stuck', {
      containers: { app: { requests: { cpu: '900' } } },
      spec: { progressDeadlineSeconds: 2 },
    })
    const running = blocking(await stuck.plan())
    expect(running).toEqual([expect.objectContaining({ check: 'rollout-running' })])
    const failed = await eventually(stuck.plan, (each) => blocking(each)[0]?.message.includes('deadline') ?? false)
    expect(blocking(failed)[0]?.message).toContain('exceeded its progress deadline')
  })

  it('blocks what a controller owns', async () => {
    const { plan, path } = await deployed('proof-owned')
    const ownerReferences = [
      { apiVersion: 'example.com/v1', kind: 'Database', name: 'main', uid: '1', controller: true },
    ]
    await world.api.mergePatch(path, { metadata: { ownerReferences, finalizers: ['example.com/keep'] } })
    expect(blocking(await plan())).toEqual([
      expect.objectContaining({ check: 'owned', message: expect.stringContaining('Database main') }),
    ])
    await world.api.mergePatch(path, { metadata: { finalizers: null } })
  })

  it('refuses a plan for another cluster', async () => {
    const scan = scanOf([rowOf()], { fingerprint: { ...world.fingerprint, kubeSystemUid: 'another' } })
    expect(await makePlan(wishOf(scan), world.ports)).toMatchObject({ ok: false, problem: { reason: 'other_cluster' } })
  })
})
