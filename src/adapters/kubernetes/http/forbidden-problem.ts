import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { kubectl, type RequestContext } from './request-context.ts'

// The authorizer's fixed English; admission (quota, policies) says 403 in other words.
const DENIED =
  /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)/
const DENIED_PATH = /cannot (\w+) path "([^"]+)"/
const SAFE = /^[a-zA-Z0-9/][a-zA-Z0-9./-]*$/

/** 403: which permission is missing, and how to check it; or who else refused. */
export function forbiddenProblem(text: string | undefined, context: RequestContext): Problem {
  const denied = deniedResource(text ?? '') ?? deniedPath(text ?? '')
  const where = plainText(context.connection.context, 100)
  if (denied)
    return problem('api_forbidden', `You may not ${denied.sentence} (context ${where}).`, howToCheck(denied, context))
  return problem(
    'api_forbidden',
    `The API server (context ${where}) refused the request: ${text ?? 'it gave no reason'}`,
    'This is no missing role but a rule of the cluster (quota, admission policy, proxy): ask who runs it.',
  )
}

interface Denied {
  readonly sentence: string
  readonly words: readonly string[]
}

function deniedResource(text: string): Denied | undefined {
  const found = DENIED.exec(text)
  if (!found) return undefined
  const [, verb = '', resource = '', group = '', namespace] = found
  const what = [resource, group].filter((part) => part !== '').join('.')
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`
  const scope = namespace === undefined ? ['--all-namespaces'] : ['-n', namespace]
  return { sentence: `${verb} ${what} ${where}`, words: [verb, what, ...scope] }
}

function deniedPath(text: string): Denied | undefined {
  const [, verb, path] = DENIED_PATH.exec(text) ?? []
  return verb === undefined || path === undefined ? undefined : { sentence: `${verb} ${path}`, words: [verb, path] }
}

function howToCheck({ words }: Denied, context: RequestContext): string {
  // The words come from the server and end in a command to paste.
  if (!words.every((word) => SAFE.test(word) || word === '-n' || word === '--all-namespaces'))
    return 'Ask who runs the cluster for this permission.'
  const identity = words[0] === 'impersonate' ? 'self' : 'acting'
  return `Check with \`${kubectl(context, ['auth can-i', ...words].join(' '), identity)}\`, and ask who runs the cluster for this permission.`
}
