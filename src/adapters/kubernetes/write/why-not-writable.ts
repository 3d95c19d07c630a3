import { FIELD_MANAGER, type FrozenRequest, type PlanTarget } from '../../../model/plan.ts'
import { queryOf } from '../http/request-query.ts'
import { resourcePath } from '../http/resource-path.ts'
import { isWellFormedPath } from '../http/well-formed-path.ts'

const PLURALS: Readonly<Record<PlanTarget['kind'], string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
}

/**
 * Why these bytes may not be written, as the end of a sentence; undefined when they may. The plan was approved and digested, yet
 * this is the last place before the socket: a plan maker's mistake must not reach another object or subresource.
 */
export function whyNotWritable(request: FrozenRequest, target: PlanTarget): string | undefined {
  if (request.method !== 'PATCH' || request.contentType !== 'application/json-patch+json') return 'it is no JSON patch'
  // Sent as it stands: a path that is read differently on the way would make a write out of a dry run, or hit another object.
  if (!isWellFormedPath(request.path)) return 'its path can be read in more than one way'
  if (!namesTarget(request.path, target)) return 'its path is not that of the workload it is for'
  return hasOurQuery(request.path) ? undefined : `its query is not fieldManager=${FIELD_MANAGER}`
}

function namesTarget(path: string, { kind, namespace, name }: PlanTarget): boolean {
  const resource = resourcePath(path)
  if (
    resource === undefined ||
    resource.group !== 'apps' ||
    resource.version !== 'v1' ||
    resource.subresource !== undefined
  )
    return false
  return resource.namespace === namespace && resource.plural === PLURALS[kind] && resource.name === name
}

function hasOurQuery(path: string): boolean {
  const { fieldManager, fieldValidation, ...rest } = Object.fromEntries(queryOf(path))
  const onlyOnce = queryOf(path).size === (fieldValidation === undefined ? 1 : 2)
  const validation = fieldValidation === undefined || fieldValidation === 'Strict' || fieldValidation === 'Warn'
  return fieldManager === FIELD_MANAGER && validation && onlyOnce && Object.keys(rest).length === 0
}
