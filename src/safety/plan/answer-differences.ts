import { createPatch } from 'rfc6902'
import type { KubeObject } from '../../model/observation.ts'
import { ANNOTATION, type FrozenRequest } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { comparable } from './comparable.ts'
import { applyPatch, operationsOf, pointer } from './json-patch.ts'

/** What the API server writes by itself on every change; and the status, which no request to the object can change. */
const SERVERS_OWN: readonly string[] = [
  '/metadata/managedFields',
  '/metadata/generation',
  '/metadata/resourceVersion',
  '/status',
  pointer('metadata', 'annotations', ANNOTATION),
  // apps/v1 keeps a DaemonSet's template generation in this annotation and counts it up with every change.
  pointer('metadata', 'annotations', 'deprecated.daemonset.template.generation'),
]
const isServersOwn = (path: string): boolean => SERVERS_OWN.some((own) => path === own || path.startsWith(`${own}/`))

/**
 * Where the API server's dry-run answer differs from the live object with our patch applied: what admission added, changed
 * or took away. Empty when exactly the intent would happen. Undefined when the patch does not even apply to the object.
 */
export function answerDifferences(
  live: KubeObject,
  request: FrozenRequest,
  answer: KubeObject,
): readonly string[] | undefined {
  const intended = applyPatch(live, operationsOf(request))
  if (intended.kind === 'refused') return undefined
  return createPatch(comparable(intended.object), comparable(answer))
    .filter(({ path }) => !isServersOwn(path))
    .map((operation) =>
      'value' in operation
        ? `${quoted(operation.path)} is ${shown(operation.value)}`
        : `${quoted(operation.path)} is gone`,
    )
}

const shown = (value: unknown): string => quoted(typeof value === 'string' ? value : JSON.stringify(value), 80)
