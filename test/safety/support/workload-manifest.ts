import type { PlanTarget } from '../../../src/model/plan.ts'

export interface ManifestSketch {
  readonly name?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly replicas?: number
  /** By container name, in order. */
  readonly containers?: Readonly<Record<string, object>>
  /** Merged over the spec. */
  readonly spec?: object
  readonly metadata?: object
}

/** A manifest of each kind that a plan can hold. */
export function workloadManifest(kind: PlanTarget['kind'], sketch: ManifestSketch = {}): object {
  const { name = 'web', annotations, replicas = 1, containers = { app: {} } } = sketch
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels, ...(annotations && { annotations }), ...sketch.metadata },
    spec: {
      selector: { matchLabels: labels },
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: {
        metadata: { labels },
        spec: {
          containers: Object.entries(containers).map(([container, resources]) => ({
            name: container,
            image: `registry.example/${container}:1`,
            resources,
          })),
        },
      },
      ...sketch.spec,
    },
  }
}
