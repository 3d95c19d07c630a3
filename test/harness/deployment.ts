import type { Resources } from '../../src/demo/kubelet/pod.ts'

export interface DeploymentSketch {
  readonly name: string
  readonly replicas?: number
  /** By container name; one container `app` without resources if left out. */
  readonly containers?: Readonly<Record<string, Resources>>
  /** Of the pod template: the simulated kubelet's rules go here. */
  readonly annotations?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** Merged over the Deployment's spec. */
  readonly spec?: object
}

/** A Deployment manifest with what a test says and defaults for the rest. */
export function deployment({ name, replicas = 1, containers = { app: {} }, ...rest }: DeploymentSketch): object {
  const labels = { app: name, ...rest.labels }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels, annotations: rest.annotations ?? {} },
        spec: {
          containers: Object.entries(containers).map(([container, resources]) => ({
            name: container,
            image: `registry.example/${container}:1`,
            resources,
          })),
        },
      },
      ...rest.spec,
    },
  }
}
