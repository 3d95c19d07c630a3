import { problem } from '../../../model/problem.ts'
import { failed } from '../../../model/result.ts'
import type { ApiRequest, ApiTransport } from '../http/api-transport.ts'
import { isSelfReview } from '../http/request-query.ts'
import { resourcePath } from '../http/resource-path.ts'

/**
 * Lets through what only reads: GET of objects and lists, and the two questions about our own rights. Everything else is
 * refused here, before the socket, so that no mistake above can become a write.
 */
export const readingTransport = (inner: ApiTransport): ApiTransport => ({
  send: (request) => (isReading(request) ? inner.send(request) : Promise.resolve(failed(refusal(request)))),
  close: () => inner.close(),
})

function isReading(request: ApiRequest): boolean {
  if (isSelfReview(request)) return true
  if (request.method !== 'GET' || request.body !== undefined) return false
  if (request.path === '/version') return true
  const resource = resourcePath(request.path)
  // `exec`, `portforward`, `proxy` and `attach` are opened with GET, and a secret is never ours to read.
  return resource !== undefined && resource.subresource === undefined && resource.plural !== 'secrets'
}

const refusal = ({ method }: ApiRequest) =>
  problem(
    'request_refused_here',
    `A ${method} request that does more than read was refused before it was sent.`,
    'This is a bug; please report it.',
  )
