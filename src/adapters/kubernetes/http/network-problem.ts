import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { doubt, kubectl, serverName, type RequestContext } from './request-context.ts'

const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_(CONN|TLS))$/
const TIMED_OUT = /^(UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT|ETIMEDOUT|TimeoutError)$/
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME/
const NOT_HTTP = /^(HTTPParserError|HPE_|Z_|ERR_SSL_WRONG_VERSION|EPROTO)/

const UNUSABLE_PAIR = /^ERR_OSSL_/
const REFUSED_BY_PROXY = /^Proxy response \((\d{3})\)/

/** Would the same request have a chance a moment later? Not when the server is not who it should be, or answers nonsense. */
export const isPassing = (error: unknown): boolean => {
  const code = codeOf(error)
  return code !== 'BODY_TOO_LARGE' && ![CERTIFICATE, NOT_HTTP, UNUSABLE_PAIR].some((kind) => kind.test(code))
}

/** Did it take too long? Less may then be asked. */
export const isTimedOut = (error: unknown): boolean => TIMED_OUT.test(codeOf(error))

/** An error below HTTP, as a problem. */
export function networkProblem(error: unknown, context: RequestContext): Problem {
  const code = codeOf(error)
  return beforeSending(code, error, context) ?? onTheWay(code, context)
}

/** Nothing of the request can have arrived. */
function beforeSending(code: string, error: unknown, context: RequestContext): Problem | undefined {
  const server = serverName(context)
  if (CERTIFICATE.test(code))
    return problem(
      'api_unreachable',
      `The certificate of ${server} cannot be trusted (${plainText(code, 80)}).`,
      'Check `certificate-authority` and `tls-server-name` of this cluster in the kubeconfig; somebody may stand in between.',
    )
  if (UNUSABLE_PAIR.test(code))
    return problem(
      'credential_failed',
      `The client certificate and key for ${server} cannot be used (${plainText(code, 80)}).`,
      'Check `client-certificate` and `client-key` of this user in the kubeconfig: PEM, not encrypted, and made for each other.',
    )
  const byProxy = REFUSED_BY_PROXY.exec(error instanceof Error ? error.message : '')?.[1]
  if (byProxy !== undefined)
    return problem(
      'api_unreachable',
      `The proxy does not connect to ${server} (status ${byProxy}).`,
      'Check `proxy-url` of this cluster in the kubeconfig, or HTTPS_PROXY, and the name and password in it.',
    )
  return NEVER_SENT.test(code) ? unreachable(code, context, '') : undefined
}

function onTheWay(code: string, context: RequestContext): Problem {
  const unsure = doubt(context)
  const server = serverName(context)
  if (code === 'BODY_TOO_LARGE')
    return problem(
      'api_error',
      `An answer of ${server} is too large and was not read to its end.${unsure}`,
      'Choose fewer namespaces or kinds.',
    )
  if (NOT_HTTP.test(code))
    return problem(
      'api_malformed',
      `What answers at ${server} does not speak HTTP as expected (${plainText(code, 80)}).${unsure}`,
      checkReady(context),
    )
  return unreachable(code, context, unsure)
}

function unreachable(code: string, context: RequestContext, unsure: string): Problem {
  const how = TIMED_OUT.test(code) ? 'did not answer in time' : 'cannot be reached'
  return problem(
    'api_unreachable',
    `${capital(serverName(context))} ${how} (${plainText(code, 80)}).${unsure}`,
    checkReady(context),
  )
}

const checkReady = (context: RequestContext): string =>
  `Check that the cluster is up and reachable from here: \`${kubectl(context, 'get --raw /readyz')}\`.`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause instanceof Error ? codeOf(error.cause) : error.name
}
