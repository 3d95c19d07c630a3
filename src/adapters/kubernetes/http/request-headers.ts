import type { Impersonation } from '../kubeconfig/cluster-connection.ts'
import type { ApiRequest } from './api-transport.ts'
import { PRODUCT_VERSION } from '../../../model/product.ts'

type Headers = Readonly<Record<string, string | string[]>>

/** All headers of one request. */
export function requestHeaders(
  request: ApiRequest,
  authorization: string | undefined,
  impersonation: Impersonation | undefined,
): Headers {
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': `krr-mcp-server/${PRODUCT_VERSION}`,
    ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
    ...(request.tenant === undefined ? {} : { 'x-scope-orgid': request.tenant }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(impersonation === undefined ? {} : impersonationHeaders(impersonation)),
  }
}

function impersonationHeaders({ user, uid, groups, extra = {} }: Impersonation): Headers {
  // The API server decodes a percent-encoded extra key; a header name may hold nothing else.
  const extras = Object.entries(extra).map(
    ([key, values]) => [`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`, [...values]] as const,
  )
  return {
    'impersonate-user': user,
    ...(uid === undefined ? {} : { 'impersonate-uid': uid }),
    ...(groups.length === 0 ? {} : { 'impersonate-group': [...groups] }),
    ...Object.fromEntries(extras),
  }
}
