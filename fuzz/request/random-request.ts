import type { Scope } from '../../src/model/observation.ts'
import type { ChosenStrategy } from '../../src/model/strategy.ts'
import { chooseStrategy, type GivenSettings } from '../../src/recommender/strategies/choose-strategy.ts'
import type { Random } from '../random.ts'

/** What both sides are asked for. */
export interface ParityRequest {
  readonly chosen: ChosenStrategy
  readonly scope: Scope
}

const HOURS = [1, 1.5, 2, 3, 4, 6, 8, 12, 24, 24.5, 25, 36, 47, 48]
const MINUTES = [1.25, 1.25, 1.25, 0.5, 0.51, 0.75, 1, 1.375, 2, 2.5, 5]
const PERCENTILES = [95, 95, 99, 99.9, 12.5, 62.5, 37.5, 87.5, 97.5, 50, 100, 0.4, 66, 96]

/** Random settings and filters; history mostly of hours, so that a world need not be large. */
export function randomRequest(draw: Random): ParityRequest {
  const limit = draw.chance(0.3)
  const useOomkillData = draw.chance(0.4)
  const given: GivenSettings = {
    historyHours: draw.weighed([
      [8, draw.pick(HOURS)],
      [2, Math.round(draw.real(1, 48) * 100) / 100],
      [0.5, 336],
    ]),
    timeframeMinutes: draw.weighed([
      [8, draw.pick(MINUTES)],
      [2, Math.round(draw.real(0.5, 5) * 1000) / 1000],
    ]),
    ...(limit
      ? limitPercentiles(draw.pick(PERCENTILES), draw.pick(PERCENTILES))
      : {
          cpuPercentile: draw.weighed([
            [6, draw.pick(PERCENTILES)],
            [1, Math.round(draw.real(0.1, 100) * 10) / 10],
          ]),
        }),
    memoryBufferPercentage: draw.pick([15, 15, 5, 30, 0.1, 12.5, 100]),
    pointsRequired: draw.pick([100, 100, 100, 1, 10, 40, 300, 500, 1000]),
    allowHpa: draw.chance(0.4),
    useOomkillData,
    // Not given to krr without the switch: older ones do not know it.
    ...(useOomkillData ? { oomMemoryBufferPercentage: draw.pick([25, 25, 0, 100, 12.5]) } : {}),
    cpuMin: draw.pick([10, 10, 0, 7, 100]),
    memoryMin: draw.pick([100, 100, 0, 1, 64, 333]),
  }
  // More points than a server answers in a range: krr asks five times and waits in between.
  const long = limit && Number(given['historyHours']) * 60 > Number(given['timeframeMinutes']) * 10_000
  const chosen = chooseStrategy(limit ? 'simple_limit' : 'simple', long ? { ...given, historyHours: 48 } : given)
  if (!chosen.ok) throw new Error(chosen.problem.message)
  return { chosen: chosen.value, scope: randomScope(draw) }
}

function randomScope(draw: Random): Scope {
  const selector = draw.pick(['tier=front', 'team in (blue,green)', 'tier!=back', 'team', '!team', 'app=web'])
  const labels = draw.pick([['team'], ['tier', 'team'], ['example.com/stage']])
  return {
    namespaces: draw.weighed<readonly string[]>([
      [6, []],
      [1, ['shop', 'team-a']],
      [1, ['shop.*']],
      [1, ['TEAM-[ab]', 'kube-system']],
      [1, ['.*']],
      [1, ['data|shop', 'shop']],
    ]),
    kinds: draw.weighed<readonly string[]>([
      [8, []],
      [1, ['deployment', 'StatefulSet']],
      [1, ['Rollout', 'Job', 'GroupedJob']],
      [1, ['CronJob', 'DaemonSet', 'DeploymentConfig', 'StrimziPodSet']],
    ]),
    compat: 'krr',
    ...(draw.chance(0.15) ? { selector } : {}),
    ...(draw.chance(0.25) ? { jobGrouping: { labels, limit: draw.pick([500, 500, 2, 1]) } } : {}),
  }
}

/** A limit below the request is refused by us; krr takes it. */
const limitPercentiles = (one: number, other: number): { readonly cpuRequest: number; readonly cpuLimit: number } => ({
  cpuRequest: Math.min(one, other),
  cpuLimit: Math.max(one, other),
})
