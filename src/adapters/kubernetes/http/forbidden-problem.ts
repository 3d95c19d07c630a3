import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../kubeconfig/plain-text.ts'
import { kubectl, type RequestContext } from './request-context.ts'

// The authorizer's fixed English; admission (quota, policies) says 403 in other words.
const DENIED =
  /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)/
const SAFE = /^[a-zA-Z0-9][a-zA-Z0-9./-]*$/

/** 403: which permission is missing, and how to check it; or who else refused. */
export function forbiddenProblem(text: string | undefined, context: RequestContext): Problem {
  const server = plainText(context.connection.context, 100)
  const denied = DENIED.exec(text ?? '')
  if (!denied) {
    const why = text ?? 'it gave no reason'
    return problem(
      'api_forbidden',
      `The API server (context ${server}) refused the request: ${why}`,
      'This is no missing role but a rule of the cluster (quota, admission policy, proxy): ask who runs it.',
    )
  }
  const [, verb = '', resource = '', group = '', namespace] = denied
  const what = [resource, group].filter((part) => part !== '').join('.')
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`
  return problem(
    'api_forbidden',
    `You may not ${verb} ${what} ${where} (context ${server}).`,
    howToCheck([verb, what, namespace], context),
  )
}

function howToCheck(
  [verb, resource, namespace]: readonly [string, string, string | undefined],
  context: RequestContext,
): string {
  const scope = namespace === undefined ? '--all-namespaces' : `-n ${namespace}`
  // The words come from the server and end in a command to paste.
  if (![verb, resource, namespace ?? 'none'].every((word) => SAFE.test(word)))
    return 'Ask who runs the cluster for this permission.'
  return `Check with \`${kubectl(context, `auth can-i ${verb} ${resource} ${scope}`)}\`, and ask who runs the cluster for this permission.`
}
