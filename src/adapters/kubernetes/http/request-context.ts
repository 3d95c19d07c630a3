import { plainText } from '../kubeconfig/plain-text.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import type { ApiRequest } from './api-transport.ts'
import { isRepeatable } from './request-query.ts'
import { shellWord } from './shell-word.ts'

/** What a problem's sentences need to know of the request that failed. */
export interface RequestContext {
  readonly connection: ClusterConnection
  readonly request: ApiRequest
}

/** `the API server https://… (context shop)`. */
export const serverName = ({ connection }: RequestContext): string =>
  `the API server ${plainText(connection.origin)} (context ${plainText(connection.context, 100)})`

/** `kubectl --context shop …`, as the same identity. */
export function kubectl({ connection }: RequestContext, rest: string): string {
  const { context, impersonation } = connection
  const as = impersonation
    ? [
        `--as ${shellWord(impersonation.user)}`,
        ...impersonation.groups.map((group) => `--as-group ${shellWord(group)}`),
      ]
    : []
  return ['kubectl', '--context', shellWord(plainText(context)), ...as, rest].join(' ')
}

/** The sentence without which a lost write would read like one that never happened. */
export const doubt = ({ request }: RequestContext): string =>
  isRepeatable(request) ? '' : ' It is unknown whether the write was taken: read the object before anything else.'
