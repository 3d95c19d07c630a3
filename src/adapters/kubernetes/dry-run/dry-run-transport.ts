import { problem } from '../../../model/problem.ts'
import { failed } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { isDryRun } from '../http/request-query.ts'

/**
 * Lets through PATCH with exactly `dryRun=All` and nothing else: the process that talks to the model holds this transport, and
 * must not be able to write even by mistake.
 */
export const dryRunTransport = (inner: ApiTransport): ApiTransport => ({
  send: (request) =>
    request.method === 'PATCH' && isDryRun(request.path) ? inner.send(request) : Promise.resolve(failed(refusal)),
  close: () => inner.close(),
})

const refusal = problem(
  'request_refused_here',
  'A request that is no dry run was refused before it was sent.',
  'This is a bug; please report it.',
)
