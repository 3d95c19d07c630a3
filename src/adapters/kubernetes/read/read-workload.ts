import { problem } from '../../../model/problem.ts'
import type { KubeObject } from '../../../model/observation.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { WorkloadRef } from '../../../model/workload.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { ALL_KINDS } from './kinds/all-kinds.ts'
import { refuseNames } from './refuse-names.ts'

/** One workload, verbatim. */
export async function readWorkload(
  transport: ApiTransport,
  { kind, namespace, name }: WorkloadRef,
): Promise<Result<KubeObject>> {
  const descriptor = ALL_KINDS.find((one) => one.kind === kind)
  if (!descriptor)
    return failed(problem('kind_not_supported', `A ${kind} is no object of its own.`, 'Look at its jobs instead.'))
  const refused = refuseNames(namespace, name)
  if (refused) return refused
  const answer = await transport.send({
    method: 'GET',
    path: `${descriptor.api}/namespaces/${namespace}/${descriptor.plural}/${name}`,
  })
  return answer.ok ? ok(answer.value.body) : answer
}
