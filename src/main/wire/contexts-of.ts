import { listContexts } from '../../adapters/kubernetes/kubeconfig/list-contexts.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'

/** Every context of the operator's kubeconfig, in its order. */
export async function contextsOf({ kubeconfig }: CommonOptions): Promise<Result<readonly string[]>> {
  const known = await listContexts({
    environment: process.env,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  })
  if (!known.ok) return known
  const { names } = known.value
  const none = 'The kubeconfig has no context.'
  return names.length > 0 ? ok(names) : failed(problem('no_such_context', none, 'Name another one with --kubeconfig.'))
}
