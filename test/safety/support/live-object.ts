import type { KubeObject } from '../../../src/model/observation.ts'
import type { PlanTarget } from '../../../src/model/plan.ts'
import { workloadManifest, type ManifestSketch } from './workload-manifest.ts'

export interface LiveSketch extends ManifestSketch {
  readonly kind?: PlanTarget['kind']
  readonly namespace?: string
  readonly uid?: string
  readonly status?: object
}
const HEALTHY = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }

/** A workload as the API server returns it, rolled out and healthy unless the test says otherwise. */
export function liveObject(sketch: LiveSketch = {}): KubeObject {
  const { kind = 'Deployment', namespace = 'shop', uid = 'uid-1', status = HEALTHY, metadata, ...rest } = sketch
  return JSON.parse(
    JSON.stringify({
      ...workloadManifest(kind, {
        ...rest,
        metadata: { namespace, uid, generation: 1, resourceVersion: '7', ...metadata },
      }),
      status,
    }),
  ) as KubeObject
}
