import type { Random } from '../random.ts'
import type { Span } from './series/series.ts'
import type { Generation, PlannedKind } from './world-plan.ts'

/** Who is asked about: a workload of a kind, and when the world was there. */
export interface Planned {
  readonly kind: PlannedKind
  readonly name: string
  readonly world: Span
}
/** Names of sets and pods are unique in a namespace, whatever kinds there are of one name. */
const TAGS: Readonly<Record<PlannedKind, string>> = {
  Deployment: 'rs',
  Rollout: 'ro',
  DeploymentConfig: 'rc',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  StrimziPodSet: 'sps',
  Job: 'job',
  CronJob: 'run',
}
/** So many names that krr splits its questions about owners (100) or pods (50, 100). */
const MANY = [50, 51, 60, 100, 101, 112]

/** The past and present pods of a workload, by who owned them. */
export function planGenerations(random: Random, planned: Planned): readonly Generation[] {
  const life = lifeOf(random, planned.world)
  switch (planned.kind) {
    case 'StatefulSet':
    case 'DaemonSet':
    case 'StrimziPodSet':
      return ownPods(random, planned, life)
    case 'Job':
      return [{ ...life, owner: planned.name, pods: names(planned.name, random.whole(1, 3)) }]
    case 'CronJob':
      return runs(random, planned, life)
    default:
      return rolls(random, planned, life)
  }
}

function lifeOf(random: Random, { from, to }: Span): Span {
  const somewhere = (): number => Math.round(random.real(from, to))
  return random.weighed<Span>([
    [12, { from, to }],
    [2, { from: somewhere(), to }],
    [1, { from, to: somewhere() }],
    // About as long as the hundred points that krr wants.
    [2, { from: Math.max(from, to - random.whole(3600, 10_800)), to }],
    [1, { from: Math.max(from, to - random.whole(30, 600)), to }],
  ])
}

function ownPods(random: Random, { name, kind }: Planned, life: Span): readonly Generation[] {
  const prefix = `${name}-${TAGS[kind]}`
  if (!random.chance(0.04)) return [{ ...life, owner: name, pods: names(prefix, random.whole(1, 3)) }]
  const from = Math.max(life.from, life.to - 3000)
  return [{ from, to: life.to, owner: name, pods: names(prefix, random.pick(MANY)) }]
}

function rolls(random: Random, { name, kind }: Planned, life: Span): readonly Generation[] {
  const many = random.chance(0.06)
  const count = many ? random.pick(MANY) : random.whole(1, 4)
  const pods = many ? 1 : random.whole(1, 3)
  return parts(life, count).map((part, index) => {
    // The old ones are still there for a moment.
    const owner = `${name}-${TAGS[kind]}${index}`
    const to = Math.min(life.to, part.to + random.pick([0, 0, 60, 300]))
    return { from: part.from, to, owner, pods: names(owner, pods) }
  })
}

function runs(random: Random, { name, kind }: Planned, life: Span): readonly Generation[] {
  const count = random.chance(0.15) ? random.pick(MANY) : random.whole(1, 12)
  return parts(life, count).map((part, index) => {
    const owner = `${name}-${TAGS[kind]}-${index}`
    const length = Math.min(part.to - part.from, random.whole(60, 5400))
    return { from: part.from, to: part.from + length, owner, pods: names(owner, 1) }
  })
}

const names = (owner: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${owner}-p${index}`)

const parts = ({ from, to }: Span, count: number): readonly Span[] =>
  Array.from({ length: count }, (_, index) => ({
    from: Math.round(from + ((to - from) * index) / count),
    to: Math.round(from + ((to - from) * (index + 1)) / count),
  }))
