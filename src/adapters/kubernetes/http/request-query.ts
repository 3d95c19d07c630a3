import type { ApiRequest } from './api-transport.ts'

/** The part before the query. */
export const pathOf = (path: string): string => path.split('?', 1)[0] ?? ''
export const queryOf = (path: string): URLSearchParams => new URLSearchParams(path.slice(pathOf(path).length + 1))

/** Exactly one `dryRun`, and it is `All`: two of them would leave it to the server which one counts. */
export function isDryRun(path: string): boolean {
  const values = queryOf(path).getAll('dryRun')
  return values.length === 1 && values[0] === 'All'
}
export const asDryRun = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}dryRun=All`

const REVIEWS: readonly string[] = [
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
]
/** A question about our own rights: a POST by form, a read by nature. */
export const isSelfReview = ({ method, path }: ApiRequest): boolean => method === 'POST' && REVIEWS.includes(path)

/** Can this be sent twice without harm? Never believed from a caller: read off the request itself. */
export const isRepeatable = (request: ApiRequest): boolean =>
  request.method === 'GET' || isSelfReview(request) || (request.method === 'PATCH' && isDryRun(request.path))
