import { parseQuantity } from '../../src/model/quantity.ts'
import type { Random } from '../random.ts'
import type { ContainerPlan, PlannedKind, Quantities } from './world-plan.ts'

const MEMORY_SUFFIXES = ['', 'm', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'k', 'M', 'G', 'T', 'P', 'E', 'e3', 'e6', 'E6']
const USUAL = ['Mi', 'Mi', 'Mi', 'Gi', 'M']
/** Stored as they are written; the API server brings the others into its own form. */
const CUSTOM: readonly PlannedKind[] = ['Rollout', 'DeploymentConfig', 'StrimziPodSet']

/** Requests and limits with every suffix that krr can read; a request is at most its limit, as the API server wants. */
export function randomResources(random: Random, kind: PlannedKind): ContainerPlan['resources'] {
  const custom = CUSTOM.includes(kind)
  const [lowCpu, highCpu] = inOrder(cpu(random, custom), cpu(random, custom))
  const [lowMemory, highMemory] = inOrder(memory(random, custom), memory(random, custom))
  const requests = some(random, { cpu: lowCpu, memory: lowMemory })
  const limits = some(random, { cpu: highCpu, memory: highMemory })
  return random.weighed([
    [5, { requests, limits }],
    [2, { requests }],
    [2, { limits }],
    [1, {}],
  ])
}

function some(random: Random, all: Quantities): Quantities {
  return Object.fromEntries(Object.entries(all).filter(() => random.chance(0.75)))
}

function cpu(random: Random, custom: boolean): string | number {
  return random.weighed<string | number>([
    [5, `${random.whole(1, 4000)}m`],
    [3, String(random.whole(1, 8))],
    [2, (random.whole(1, 3000) / 1000).toString()],
    [1, `${random.whole(1, 9)}e${random.whole(-2, 1)}`],
    [1, `${random.whole(1, 20) / 10}k`],
    [1, `0.${random.whole(1, 9)}M`],
    [custom ? 3 : 0, random.whole(1, 400) / 100],
    [custom ? 1 : 0, `.${random.whole(1, 9)}`],
  ])
}

function memory(random: Random, custom: boolean): string | number {
  if (custom && random.chance(0.2)) return random.whole(1, 4e9)
  const suffix = random.pick(random.chance(0.6) ? USUAL : MEMORY_SUFFIXES)
  const large = ['Ei', 'E'].includes(suffix)
  const number = suffix === '' || suffix === 'm' ? random.whole(1e6, 4e9) : random.whole(1, large ? 5 : 900)
  return random.chance(0.3) && number > 1 ? `${number}.${random.whole(1, 9)}${suffix}` : `${number}${suffix}`
}

function inOrder(a: string | number, b: string | number): readonly [string | number, string | number] {
  return (parseQuantity(a) ?? 0) <= (parseQuantity(b) ?? 0) ? [a, b] : [b, a]
}
