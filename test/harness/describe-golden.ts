import { afterAll, beforeAll, describe, inject } from 'vitest'
import type { GoldenWorldName } from './golden-world-files.ts'
import { type GoldenWorld, startGoldenWorld } from './start-golden-world.ts'

/** Which server has the metrics: the one on this machine, or Prometheus 3, which cuts ranges in another way. */
export type WhichPrometheus = 'prometheusBinaries' | 'newerPrometheus'

/** A suite on a golden world of its own; skipped where there is no control plane or no Prometheus. */
export function describeGolden(
  name: GoldenWorldName,
  suite: (world: () => GoldenWorld) => void,
  which: WhichPrometheus = 'prometheusBinaries',
): void {
  const title = `the world ${name.world}, seed ${name.seed}${which === 'newerPrometheus' ? ', Prometheus 3' : ''}`
  const controlPlane = inject('controlPlaneBinaries')
  const promtool = inject('prometheusBinaries')
  const prometheus = inject(which)
  if (controlPlane.kind === 'unavailable' || prometheus.kind === 'unavailable' || promtool.kind === 'unavailable') {
    describe.skip(title, () => {})
    return
  }
  // The blocks are the same for both: made once, by the machine's own promtool.
  const binaries = { prometheus: prometheus.value.prometheus, promtool: promtool.value.promtool }
  describe(title, () => {
    let world: GoldenWorld
    beforeAll(async () => {
      world = await startGoldenWorld(name, { controlPlane: controlPlane.value, prometheus: binaries })
    })
    afterAll(async () => await world?.stop())
    suite(() => world)
  })
}
