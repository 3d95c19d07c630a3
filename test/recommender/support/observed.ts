import { bytes, cores } from '../../../src/model/quantity.ts'
import type { ObservedAutoscaler, ObservedContainer, ObservedPod } from '../../../src/model/observation.ts'
import type { ContainerUsage, PointCount } from '../../../src/recommender/usage/container-usage.ts'

/** A container of a Deployment `web` in `shop`, unless told otherwise. */
export const container = (more: Partial<ObservedContainer> = {}): ObservedContainer => ({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  container: 'app',
  uid: 'uid-web',
  labels: {},
  allocations: {
    requests: { cpu: cores(0.1), memory: bytes(128 * 2 ** 20) },
    limits: { cpu: null, memory: null },
  },
  ...more,
})

export const pod = (name: string, more: Partial<ObservedPod> = {}): ObservedPod => ({
  namespace: 'shop',
  name,
  uid: `uid-${name}`,
  phase: 'Running',
  labels: { app: 'web' },
  ...more,
})

export const autoscaler = (more: Partial<ObservedAutoscaler>): ObservedAutoscaler => ({
  namespace: 'shop',
  targetKind: 'Deployment',
  targetName: 'web',
  minReplicas: 1,
  maxReplicas: 5,
  currentReplicas: 2,
  desiredReplicas: 2,
  cpuUtilization: null,
  memoryUtilization: null,
  ...more,
})

const enough: PointCount = { counted: 500, windowSeconds: 10_800, required: 100 }

/** Usage of a container by pod: CPU in cores, memory in MiB. */
export function usage(
  values: Readonly<Record<string, { readonly cpu?: number; readonly memory?: number; readonly oomLimit?: number }>>,
  more: Partial<ContainerUsage> = {},
): ContainerUsage {
  const readings = (of: 'cpu' | 'memory' | 'oomLimit', unit: number) =>
    Object.entries(values).flatMap(([name, each]) => {
      const value = each[of]
      const labels = { namespace: 'shop', container: 'app', pod: name, job: 'kubelet', jobs: 1 }
      return value === undefined ? [] : [{ ...labels, value: value * unit }]
    })
  return {
    cpu: readings('cpu', 1),
    memory: readings('memory', 2 ** 20),
    oomLimits: readings('oomLimit', 2 ** 20),
    cpuPoints: enough,
    memoryPoints: enough,
    duplicates: false,
    perCpu: false,
    ...more,
  }
}
