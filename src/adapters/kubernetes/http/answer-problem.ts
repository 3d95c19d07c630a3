import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { forbiddenProblem } from './forbidden-problem.ts'
import type { RawAnswer } from './raw-answer.ts'
import { doubt, kubectl, serverName, type RequestContext } from './request-context.ts'
import { pathOf } from './request-query.ts'
import { statusCauses, statusText } from './status-text.ts'

type Judge = (answer: RawAnswer, context: RequestContext) => Problem

/** An answer that is no success, as a problem. */
export function answerProblem(answer: RawAnswer, context: RequestContext): Problem {
  if (answer.status >= 200 && answer.status < 300) return malformed(answer, context)
  if (answer.status >= 300 && answer.status < 400) return redirected(answer, context)
  return (JUDGES[answer.status] ?? other)(answer, context)
}

const said = ({ json, status }: RawAnswer): string => statusText(json) ?? `status ${status} without an explanation`

const JUDGES: Readonly<Record<number, Judge>> = {
  401: (_, context) =>
    problem(
      'api_unauthorized',
      `The credential of context ${plainText(context.connection.context, 100)} was not accepted by ${serverName(context)}.`,
      `Log in again, then check with \`${kubectl(context, 'auth whoami')}\`.`,
    ),
  403: ({ json }, context) => forbiddenProblem(statusText(json), context),
  404: (answer, context) =>
    problem(
      'api_not_found',
      `There is no ${plainText(pathOf(context.request.path))} in context ${plainText(context.connection.context, 100)}: ${said(answer)}`,
      'Check the name, the namespace and the context; the object may be gone, or this kind of object is not served there.',
    ),
  409: (answer) =>
    problem(
      'api_conflict',
      `The object was changed by somebody else meanwhile: ${said(answer)}`,
      'Scan again and make a new plan.',
    ),
  422: invalid,
  429: (answer, context) =>
    problem(
      'api_rate_limited',
      `${waiting(answer)} Asked was ${serverName(context)}.`,
      'Try again later; if it goes on, ask who runs the cluster about priority and fairness.',
    ),
}

function invalid(answer: RawAnswer): Problem {
  const causes = statusCauses(answer.json)
  if (causes.length > 0)
    return problem(
      'api_invalid',
      `The API server does not accept the change: ${causes.join('; ')}`,
      'Correct these fields and make a new plan.',
    )
  // The server's words for a failed `test` of a JSON patch name nothing; the caller looks at the object itself.
  return problem(
    'api_invalid',
    `The API server does not accept the change: ${said(answer)}`,
    'If no field is named, the object is no longer as it was planned for: scan again and make a new plan.',
  )
}

function waiting(answer: RawAnswer): string {
  const seconds = answer.header('retry-after')
  return `The API server has too much to do${seconds && /^\d{1,6}$/.test(seconds) ? ` and asks to wait ${seconds} s` : ''}.`
}

function malformed(_: RawAnswer, context: RequestContext): Problem {
  return problem(
    'api_malformed',
    `The answer of ${serverName(context)} is not the JSON object that it should be.${doubt(context)}`,
    'Check that the server address in the kubeconfig is a Kubernetes API and that no proxy answers in its place.',
  )
}

// Never followed: the credential would go to an origin that it does not belong to.
function redirected(answer: RawAnswer, context: RequestContext): Problem {
  const where = answer.header('location')
  const to = where ? ` to ${plainText(URL.parse(where, context.connection.origin)?.origin ?? 'somewhere', 100)}` : ''
  return problem(
    'api_error',
    `The request to ${serverName(context)} was redirected${to} (status ${answer.status}), which is never followed.`,
    'Write the final address of the API server into the kubeconfig.',
  )
}

function other(answer: RawAnswer, context: RequestContext): Problem {
  const unsure = answer.status >= 500 ? doubt(context) : ''
  return problem(
    'api_error',
    `${serverName(context)} answered with an error: ${said(answer)} (status ${answer.status}).${unsure}`.replace(
      /^t/,
      'T',
    ),
    `Check the API server's health: \`${kubectl(context, 'get --raw /readyz')}\`.`,
  )
}
