import { plainText } from '../../../model/plain-text.ts'
import type { ClusterConnection, Impersonation } from '../kubeconfig/cluster-connection.ts'
import { IN_CLUSTER } from '../kubeconfig/in-cluster.ts'
import type { ApiRequest } from './api-transport.ts'
import { isRepeatable } from './request-query.ts'
import { shellWord } from '../../../model/shell-word.ts'

/** What a problem's sentences need to know of the request that failed. */
export interface RequestContext {
  readonly connection: ClusterConnection
  readonly request: ApiRequest
}

/** `the API server https://… (context shop)`. */
export const serverName = ({ connection }: RequestContext): string =>
  `the API server ${plainText(connection.origin)} (context ${plainText(connection.context, 100)})`

/** `kubectl --context shop …`, for the same cluster; `self`: as whom we log in, not as whom we act. */
export function kubectl({ connection }: RequestContext, rest: string, identity: 'acting' | 'self' = 'acting'): string {
  const { context, kubeconfig, impersonation } = connection
  const file = kubeconfig === undefined ? [] : ['--kubeconfig', shellWord(plainText(kubeconfig, 1000))]
  // In a pod there is no kubeconfig that kubectl could take a context from.
  const where = context === IN_CLUSTER ? [] : ['--context', shellWord(plainText(context))]
  const as = impersonation && identity === 'acting' ? actingAs(impersonation) : []
  return ['kubectl', ...file, ...where, ...as, rest].join(' ')
}

const actingAs = ({ user, groups }: Impersonation): readonly string[] => [
  `--as ${shellWord(plainText(user))}`,
  ...groups.map((group) => `--as-group ${shellWord(plainText(group))}`),
]

/** The sentence without which a lost write would read like one that never happened. */
export const doubt = ({ request }: RequestContext): string =>
  isRepeatable(request) ? '' : ' It is unknown whether the write was taken: read the object before anything else.'
