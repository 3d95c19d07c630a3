import type { KrrCommand } from '../../../src/adapters/krr-cli/krr-command.ts'
import type { Bench, ScenarioResult, Target } from '../bench.ts'
import { askFloor, heavyOf } from '../measure/ask-floor.ts'
import { type Measured, middle } from '../measure/measured.ts'
import type { SeenQuery } from '../measure/open-proxy.ts'
import { type KrrMeasured, scanWithKrr } from '../measure/scan-with-krr.ts'
import { scanWithOurs } from '../measure/scan-with-ours.ts'

const TIMES = 3
const MOST_BYTES = 250e6

/** Ours, the floor and krr on one world in one run: ratios, whatever the machine is busy with. */
export async function sideBySide(bench: Bench, command: KrrCommand | undefined): Promise<ScenarioResult> {
  const { world, proxy } = bench
  // Not counted: reads the blocks from the disk, and says which queries are the heavy ones.
  proxy.take()
  const kept = await heavyQueries(bench)
  const ours: Measured[] = []
  const floors: Measured[] = []
  for (let time = 0; time < TIMES; time += 1) {
    floors.push(await askFloor(world.prometheus, kept))
    ours.push(await scanWithOurs(bench))
  }
  const krr = command && (await scanWithKrr(bench, command))
  const seen = { ours: middle(ours), floor: middle(floors), krr }
  return {
    scenario: 'side_by_side',
    size: world.size.name,
    lines: linesOf(bench, seen),
    targets: targetsOf(bench, seen),
    numbers: { ...numbersOf(seen), millionPoints: (world.size.podContainers * world.size.days * 1152) / 1e6 },
  }
}

async function heavyQueries(bench: Bench): Promise<readonly SeenQuery[]> {
  const seen: SeenQuery[] = []
  const take = (): readonly SeenQuery[] => {
    const taken = bench.proxy.take()
    seen.push(...taken)
    return taken
  }
  await scanWithOurs({ ...bench, proxy: { ...bench.proxy, take } })
  return heavyOf(seen)
}

interface Seen {
  readonly ours: Measured
  readonly floor: Measured
  readonly krr: KrrMeasured | undefined
}

function linesOf({ world }: Bench, { ours, floor, krr }: Seen): readonly string[] {
  const { size, samples } = world
  return [
    `${size.podContainers} pod-containers x ${size.days} d, ${(samples / 1e6).toFixed(0)} million samples; ${ours.rows} rows`,
    lineOf('ours', ours),
    lineOf('floor', floor),
    ...(krr
      ? [lineOf(krr.share === 1 ? 'krr' : `krr on ${percent(krr.share)} of it`, krr.measured)]
      : ['krr: KRR is not set']),
    ...(krr && krr.share < 1 ? [lineOf('krr, EXTRAPOLATED to all', krr.extrapolated)] : []),
  ]
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
function lineOf(name: string, { wallSeconds, queries, cpuSeconds, peakBytes }: Measured): string {
  const memory = peakBytes === undefined ? '' : `${(peakBytes / 1e6).toFixed(0)} MB`
  const cells = [`${wallSeconds.toFixed(2)} s`, `${queries} queries`, `${cpuSeconds.toFixed(2)} s CPU`, memory]
  return [name.padEnd(26), ...cells.map((cell) => cell.padStart(15))].join('')
}

function targetsOf({ world }: Bench, { ours, floor, krr }: Seen): readonly Target[] {
  const peak = ours.peakBytes ?? 0
  const large = world.size.name === 'large'
  return [
    ...(krr ? againstKrr(ours, krr.extrapolated) : []),
    atMost('wall against the floor', ours.wallSeconds / floor.wallSeconds, 1.3),
    ...(large
      ? [{ name: 'peak RSS at most 250 MB', seen: `${(peak / 1e6).toFixed(0)} MB`, reached: peak <= MOST_BYTES }]
      : []),
  ]
}
const againstKrr = (ours: Measured, krr: Measured): readonly Target[] => [
  atLeast("krr's wall against ours", krr.wallSeconds / ours.wallSeconds, 10),
  atLeast("krr's queries against ours", krr.queries / ours.queries, 25),
  atLeast("krr's Prometheus CPU against ours", krr.cpuSeconds / ours.cpuSeconds, 5),
]
const atLeast = (name: string, ratio: number, least: number): Target => ({
  name: `${name}: at least ${least}x`,
  seen: `${ratio.toFixed(1)}x`,
  reached: ratio >= least,
})
const atMost = (name: string, ratio: number, most: number): Target => ({
  name: `${name}: at most ${most}x`,
  seen: `${ratio.toFixed(2)}x`,
  reached: ratio <= most,
})

function numbersOf({ ours, floor, krr }: Seen): Readonly<Record<string, number>> {
  const of = (name: string, { wallSeconds, queries, cpuSeconds, peakBytes }: Measured): Record<string, number> => ({
    [`${name}WallSeconds`]: wallSeconds,
    [`${name}Queries`]: queries,
    [`${name}CpuSeconds`]: cpuSeconds,
    ...(peakBytes === undefined ? {} : { [`${name}PeakBytes`]: peakBytes }),
  })
  return {
    ...of('ours', ours),
    ...of('floor', floor),
    ...(krr ? { ...of('krr', krr.measured), ...of('krrExtrapolated', krr.extrapolated), krrShare: krr.share } : {}),
  }
}
