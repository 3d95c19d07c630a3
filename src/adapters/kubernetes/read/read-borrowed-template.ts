import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { plainText } from '../../../model/plain-text.ts'
import type { PodTemplate } from './kinds/pod-template.ts'
import { templated } from './kinds/templated.ts'
import { isKubernetesName } from './kubernetes-name.ts'
import type { ObservedWorkload } from './observe-item.ts'

/** The template of a Rollout that refers to a Deployment of its namespace. */
export async function readBorrowedTemplate(
  transport: ApiTransport,
  { namespace, name }: ObservedWorkload,
  deployment: string,
): Promise<Result<PodTemplate>> {
  const missing = problem(
    'api_error',
    `The Rollout ${namespace}/${name} takes its template from the Deployment ${plainText(deployment, 100)}, which cannot be found.`,
    'Check `spec.workloadRef` of the Rollout.',
  )
  if (!isKubernetesName(deployment)) return failed(missing)
  const answer = await transport.send({
    method: 'GET',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
  })
  if (answer.ok) return ok(templated(answer.value.body))
  return answer.problem.reason === 'api_not_found' ? failed(missing) : answer
}
