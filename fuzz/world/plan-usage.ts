import type { Random } from '../random.ts'
import type { OomPlan, UsagePlan } from './world-plan.ts'

const MEBIBYTE = 2 ** 20
const CORES = [0.0004, 0.003, 0.02, 0.1, 0.3, 0.9, 2.2]
const MEBIBYTES = [3, 20, 80, 200, 700, 1900, 950_000]
type Jobs = UsagePlan['jobs']

/** What the metrics of one workload's containers look like. */
export function planUsage(random: Random): UsagePlan {
  const oomKills = random.chance(0.25) ? oomOf(random) : undefined
  return {
    scraping: {
      everySeconds: random.pick([15, 15, 30, 30, 30, 45, 60, 75, 100, 120]),
      exact: random.chance(0.35),
      gaps: random.pick([0, 0, 0.001, 0.02]),
    },
    cores: random.pick(CORES) * random.real(0.8, 1.2),
    bytes: Math.floor(random.pick(MEBIBYTES) * MEBIBYTE * random.real(0.8, 1.2)),
    jobs: jobsOf(random),
    cpus: random.weighed([
      [12, ['total']],
      [1, ['cpu00', 'cpu01', 'cpu02']],
      [1, ['total', 'cpu00']],
    ]),
    restarts: random.weighed([
      [10, 'none'],
      [2, 'sequential'],
      [3, 'overlapping'],
      [1, 'many'],
    ]),
    resets: random.chance(0.2),
    poison: poisonOf(random),
    missing: random.weighed([
      [16, 'nothing'],
      [1, 'cpu'],
      [1, 'memory'],
      [1, 'both'],
    ]),
    oomKills,
  }
}

function jobsOf(random: Random): Jobs {
  const cut = random.next()
  const whole = (name: string | undefined): Jobs[number] => ({ name, part: [0, 1] })
  const early = (name: string | undefined): Jobs[number] => ({ name, part: [0, cut] })
  const late = (name: string | undefined): Jobs[number] => ({ name, part: [cut, 1] })
  return random.weighed<Jobs>([
    [10, [whole('kubelet')]],
    [2, [whole('kubelet'), whole('cadvisor')]],
    [1, [early('kubelet'), whole('cadvisor')]],
    [1, [late('kubelet'), early('zz-cadvisor')]],
    [1, [whole('zz-cadvisor'), late('cadvisor')]],
    [1, [whole(undefined)]],
    [1, [early(undefined), whole('cadvisor')]],
  ])
}

function poisonOf(random: Random): UsagePlan['poison'] {
  const { NaN: none, POSITIVE_INFINITY: above, NEGATIVE_INFINITY: below } = Number
  return random.weighed<UsagePlan['poison']>([
    [24, {}],
    [1, { memory: none }],
    [1, { cpu: none }],
    [1, { memory: above }],
    [1, { cpu: above }],
    [0.5, { memory: below }],
  ])
}

function oomOf(random: Random): OomPlan {
  const start = random.real(0, 0.9)
  return {
    limitBytes: random.pick([0, 64, 256, 512, 3000]) * MEBIBYTE,
    part: random.pick([
      [start, 1],
      [0, start],
      [start, Math.min(1, start + 0.1)],
    ]),
    apart: random.chance(0.1),
  }
}
