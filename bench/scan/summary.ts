import type { ScenarioResult } from './bench.ts'

/** For a person. */
export function textOf({ scenario, size, lines, targets }: ScenarioResult): string {
  const judged = targets.map(({ name, seen, reached }) => `${reached ? 'met   ' : 'MISSED'}  ${name}  (${seen})`)
  return [`\n${scenario}, ${size}`, ...[...lines, ...judged].map((line) => `  ${line}`), ''].join('\n')
}

const SLACK = 1.15

/** Cost per pod-container and day of the larger worlds against the smaller: no faster than linearly. */
export function growthOf(results: readonly ScenarioResult[]): ScenarioResult | undefined {
  const sizes = results.filter(({ numbers }) => numbers['millionPoints'] !== undefined)
  const [small, ...larger] = sizes
  if (!small || larger.length === 0) return undefined
  return {
    scenario: 'growth',
    size: 'all',
    lines: sizes.map(
      (each) =>
        `${each.size.padEnd(8)} per million points: ${costOf(each, 'WallSeconds').toFixed(3)} s of wall, ${costOf(each, 'CpuSeconds').toFixed(3)} s of Prometheus CPU`,
    ),
    targets: larger.flatMap((each) =>
      (['WallSeconds', 'CpuSeconds'] as const).map((what) => {
        const times = costOf(each, what) / costOf(small, what)
        const name = `${each.size}: ${what === 'WallSeconds' ? 'wall' : 'Prometheus CPU'} grows no faster than linearly`
        return { name, seen: `${times.toFixed(2)}x per point`, reached: times <= SLACK }
      }),
    ),
    numbers: {},
  }
}

const costOf = ({ numbers }: ScenarioResult, what: 'WallSeconds' | 'CpuSeconds'): number =>
  (numbers[`ours${what}`] ?? 0) / (numbers['millionPoints'] ?? 1)
