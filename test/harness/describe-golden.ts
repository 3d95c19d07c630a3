import { afterAll, beforeAll, describe, inject } from 'vitest'
import type { GoldenWorldName } from './golden-world-files.ts'
import { type GoldenWorld, startGoldenWorld } from './start-golden-world.ts'

/** A suite on a golden world of its own; skipped where there is no control plane or no Prometheus. */
export function describeGolden(name: GoldenWorldName, suite: (world: () => GoldenWorld) => void): void {
  const title = `the world ${name.world}, seed ${name.seed}`
  const controlPlane = inject('controlPlaneBinaries')
  const prometheus = inject('prometheusBinaries')
  if (controlPlane.kind === 'unavailable' || prometheus.kind === 'unavailable') {
    describe.skip(title, () => {})
    return
  }
  describe(title, () => {
    let world: GoldenWorld
    beforeAll(async () => {
      world = await startGoldenWorld(name, { controlPlane: controlPlane.value, prometheus: prometheus.value })
    })
    afterAll(async () => await world?.stop())
    suite(() => world)
  })
}
