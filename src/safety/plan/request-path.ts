import { FIELD_MANAGER, type PlanTarget } from '../../model/plan.ts'

const PLURALS: Readonly<Record<PlanTarget['kind'], string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
}

/** Where a workload is patched. Strict validation: a field that the server would drop in silence is a refusal instead. */
export function requestPath({ kind, namespace, name }: PlanTarget): string {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${PLURALS[kind]}/${encodeURIComponent(name)}`
  return `${path}?fieldManager=${FIELD_MANAGER}&fieldValidation=Strict`
}
