import { random, type Random } from '../random.ts'
import { planWorkload } from './plan-workload.ts'
import type { Span } from './series/series.ts'
import type { PlannedKind, WorkloadPlan, WorldPlan } from './world-plan.ts'

export const NAMESPACES = ['shop', 'shop-eu', 'team-a', 'team-b', 'data', 'kube-system'] as const
/** Later than any real sample, so that nothing of a test bed can be in it. */
const EPOCH = 1_793_491_200
const SUMMARY = ['machine_memory_bytes', 'machine_cpu_cores', 'requests/memory', 'requests/cpu']

/** A world from its seed. */
export function planWorld(seed: number): WorldPlan {
  const draw = random(`world ${seed}`)
  const hours = draw.weighed([
    [6, draw.real(1.2, 8)],
    [3, draw.real(8, 26)],
    [1, draw.real(26, 50)],
  ])
  const evaluatedAt =
    EPOCH +
    draw.weighed([
      [1, draw.whole(0, 288) * 300],
      [2, draw.whole(0, 86_400)],
    ])
  // Sometimes the metrics go on after the time that is looked at.
  const span = { from: Math.round(evaluatedAt - hours * 3600), to: evaluatedAt + draw.pick([0, 0, 0, 30, 600]) }
  const count = Math.max(4, Math.min(16, Math.floor(160 / hours)))
  return {
    seed,
    evaluatedAt,
    span,
    ownHistoryFrom: draw.weighed<number | undefined>([
      [4, span.from],
      [1, evaluatedAt - draw.whole(600, 12_000)],
      [1, undefined],
    ]),
    summaryMetrics: draw.chance(0.8) ? SUMMARY : SUMMARY.filter(() => draw.chance(0.7)),
    workloads: workloadsOf(draw, span, count),
  }
}

function workloadsOf(draw: Random, world: Span, count: number): readonly WorkloadPlan[] {
  const planned: WorkloadPlan[] = []
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(draw)
    const namespace = draw.weighed(NAMESPACES.map((each) => [each === 'kube-system' ? 0.5 : 1, each] as const))
    // Few names, so that the same one is in several namespaces and of several kinds.
    const name = nameOf(draw, kind)
    if (planned.some((other) => other.kind === kind && other.namespace === namespace && other.name === name)) continue
    const stream = draw.fork(`${kind} ${namespace} ${name}`)
    planned.push(...withSibling(planWorkload(stream, { kind, namespace, name, world }), draw, planned))
  }
  return planned
}

const kindOf = (draw: Random): PlannedKind =>
  draw.weighed<PlannedKind>([
    [8, 'Deployment'],
    [2, 'StatefulSet'],
    [2, 'DaemonSet'],
    [2, 'Rollout'],
    [1, 'DeploymentConfig'],
    [1, 'StrimziPodSet'],
    [3, 'Job'],
    [2, 'CronJob'],
  ])

function nameOf(draw: Random, kind: PlannedKind): string {
  // Names of jobs become labels of pods, which takes no dots in front of long names; theirs are plain.
  if (kind === 'Job') return `migrate-${draw.whole(1, 6)}`
  if (kind === 'CronJob') return draw.pick(['nightly', 'hourly'])
  // The API server takes no dots here.
  if (kind === 'StatefulSet') return draw.pick(['web', 'api', 'cache', 'db', 'db-2'])
  return draw.pick(['web', 'api', 'cache', 'db', 'worker', 'a.b', 'dot.ted.name', 'web-2'])
}

/** Now and then a Rollout that borrows a Deployment's template, or a pod name that an unescaped pattern matches. */
function withSibling(plan: WorkloadPlan, draw: Random, known: readonly WorkloadPlan[]): readonly WorkloadPlan[] {
  if (plan.kind !== 'Deployment') return [plan]
  const taken = (kind: string, name: string): boolean =>
    known.some((other) => other.kind === kind && other.namespace === plan.namespace && other.name === name)
  if (draw.chance(0.1) && !taken('Rollout', plan.name)) {
    return [plan, { ...plan, kind: 'Rollout', borrowed: true, generations: [], apiPods: 0, autoscaler: undefined }]
  }
  const alias = plan.name.replaceAll('.', 'x')
  if (alias === plan.name || !draw.chance(0.3) || taken('Deployment', alias)) return [plan]
  const generations = plan.generations.map((each) => ({
    ...each,
    owner: each.owner.replaceAll('.', 'x'),
    pods: each.pods.map((pod) => pod.replaceAll('.', 'x')),
  }))
  return [
    { ...plan, aliased: true },
    {
      ...plan,
      name: alias,
      generations,
      usage: { ...plan.usage, bytes: plan.usage.bytes * 2, cores: plan.usage.cores * 2 },
    },
  ]
}
