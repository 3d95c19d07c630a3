import { describe, inject } from 'vitest'
import type { PrometheusBinaries } from './prometheus-binaries.ts'
import type { ControlPlaneConnection } from './start-control-plane.ts'

/** A suite on the run's shared control plane; skipped where there is none (the reason was printed once). */
export function describeReal(name: string, suite: (controlPlane: ControlPlaneConnection) => void): void {
  const controlPlane = inject('controlPlane')
  if (controlPlane.kind === 'available') describe(name, () => suite(controlPlane.value))
  else describe.skip(name, () => {})
}

/** The same for a suite that needs a Prometheus as well. */
export function describeRealWithMetrics(
  name: string,
  suite: (controlPlane: ControlPlaneConnection, prometheus: PrometheusBinaries) => void,
): void {
  const prometheus = inject('prometheusBinaries')
  const controlPlane = inject('controlPlane')
  if (controlPlane.kind === 'available' && prometheus.kind === 'available') {
    describe(name, () => suite(controlPlane.value, prometheus.value))
  } else describe.skip(name, () => {})
}
