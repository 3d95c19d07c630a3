import type { ClusterFingerprint } from '../../../src/model/cluster.ts'
import type { KubeObject } from '../../../src/model/observation.ts'
import type { FrozenRequest } from '../../../src/model/plan.ts'
import { problem, type Problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import { lookText } from '../../../src/safety/checks/look.ts'
import { applyPatch, operationsOf } from '../../../src/safety/plan/json-patch.ts'
import type { PlanPorts } from '../../../src/safety/plan/plan-wish.ts'
import { FINGERPRINT } from './scan-of.ts'

export interface MemoryCluster {
  readonly ports: PlanPorts
  /** `deployments/web` of any namespace → the object. */
  readonly objects: Map<string, KubeObject>
  /** What was asked, in order. */
  readonly asked: string[]
}
export interface MemorySketch {
  readonly fingerprint?: ClusterFingerprint
  readonly autoscalers?: readonly KubeObject[] | Problem
  /** What admission makes of an answer. */
  readonly admit?: (object: KubeObject) => KubeObject
  readonly dryRunProblem?: Problem
  readonly warnings?: readonly string[]
  readonly workloadProblem?: Problem
  readonly fingerprintProblem?: Problem
}

const keyOf = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`.toLowerCase()

/** What no real API server can be brought to say, for the answers that tests need it to give. */
export function memoryCluster(live: readonly KubeObject[], sketch: MemorySketch = {}): MemoryCluster {
  const objects = new Map(
    live.map((object) => {
      const [namespace, name] = [lookText(object, 'metadata', 'namespace'), lookText(object, 'metadata', 'name')]
      return [keyOf(lookText(object, 'kind') ?? '', namespace ?? '', name ?? ''), object]
    }),
  )
  const asked: string[] = []
  const notFound = failed(problem('api_not_found', 'There is no such thing.', 'Look again.'))
  const { autoscalers = [] } = sketch
  const found = (request: FrozenRequest): KubeObject | undefined => {
    const [, , , , , namespace = '', plural = '', name = ''] = (request.path.split('?')[0] ?? '').split('/')
    return objects.get(keyOf(plural.slice(0, -1), decodeURIComponent(namespace), decodeURIComponent(name)))
  }
  return {
    objects,
    asked,
    ports: {
      objects: {
        fingerprint: () =>
          Promise.resolve(
            sketch.fingerprintProblem ? failed(sketch.fingerprintProblem) : ok(sketch.fingerprint ?? FINGERPRINT),
          ),
        workload({ kind, namespace, name }) {
          asked.push(`get ${namespace}/${name}`)
          if (sketch.workloadProblem) return Promise.resolve(failed(sketch.workloadProblem))
          const object = objects.get(keyOf(kind, namespace, name))
          return Promise.resolve(object ? ok(object) : notFound)
        },
        list({ plural, namespace }) {
          asked.push(`list ${plural} ${namespace}`)
          return Promise.resolve('reason' in autoscalers ? failed(autoscalers) : ok(autoscalers))
        },
      },
      dryRunner: {
        dryRun(request) {
          asked.push(`try ${request.path}`)
          if (sketch.dryRunProblem) return Promise.resolve(failed(sketch.dryRunProblem))
          const object = found(request)
          const patched = object && applyPatch(object, operationsOf(request))
          if (patched?.kind !== 'patched') return Promise.resolve(failed(UNNAMED))
          return Promise.resolve(
            ok({ object: (sketch.admit ?? same)(patched.object), warnings: sketch.warnings ?? [] }),
          )
        },
      },
    },
  }
}

const same = (object: KubeObject): KubeObject => object
const UNNAMED = problem(
  'api_invalid',
  'The API server does not accept the change: the server rejected our request due to an error in our request',
  'Make a new plan.',
)
