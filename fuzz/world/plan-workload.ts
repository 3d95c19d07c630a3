import type { Random } from '../random.ts'
import { planGenerations, type Planned } from './plan-generations.ts'
import { planUsage } from './plan-usage.ts'
import { randomResources } from './quantities.ts'
import type { ContainerPlan, WorkloadPlan } from './world-plan.ts'

const CONTAINERS = ['main', 'proxy', 'log-shipper']

/** Everything about one workload; drawn from a stream of its own. */
export function planWorkload(random: Random, planned: Planned & { readonly namespace: string }): WorkloadPlan {
  const { kind, namespace, name } = planned
  const owners = random.weighed<WorkloadPlan['owners']>([
    [12, 'once'],
    [1, 'missing'],
    [1, 'twice'],
  ])
  const usage = planUsage(random.fork('usage'))
  return {
    kind,
    namespace,
    name,
    labels: labelsOf(random),
    containers: containersOf(random, planned),
    extraContainers: random.chance(0.1) ? ['istio-proxy', 'POD', ''] : [],
    generations: planGenerations(random.fork('pods'), planned),
    owners,
    phase:
      kind === 'Job' || kind === 'CronJob'
        ? 'Succeeded'
        : random.weighed([
            [9, 'Running'],
            [1, 'Pending'],
          ]),
    usage,
    selector: random.weighed([
      [8, 'labels'],
      [1, 'exists'],
      [1, 'in'],
    ]),
    apiPods: owners === 'missing' && kind !== 'Job' && kind !== 'CronJob' ? random.whole(0, 2) : 0,
    autoscaler: random.chance(0.25) ? random.pick(['cpu', 'memory', 'both', 'average_value', 'container']) : undefined,
    borrowed: false,
    aliased: false,
  }
}

function containersOf(random: Random, { kind }: Planned): readonly ContainerPlan[] {
  const count = random.weighed([
    [6, 1],
    [3, 2],
    [1, 3],
  ])
  return CONTAINERS.slice(0, count).map((name) => ({ name, resources: randomResources(random.fork(name), kind) }))
}

function labelsOf(random: Random): Readonly<Record<string, string>> {
  return {
    ...(random.chance(0.5) ? { tier: random.pick(['front', 'back']) } : {}),
    ...(random.chance(0.6) ? { team: random.pick(['blue', 'green', 'red']) } : {}),
    ...(random.chance(0.2) ? { 'example.com/stage': random.pick(['one', 'two']) } : {}),
  }
}
