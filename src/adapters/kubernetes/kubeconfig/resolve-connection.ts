import { ok, type Result } from '../../../model/result.ts'
import { chooseContext, type ChosenContext } from './choose-context.ts'
import type { ClusterConnection } from './cluster-connection.ts'
import type { ConnectionRequest } from './connection-request.ts'
import { credentialSource } from './credential-source.ts'
import { environmentProxy } from './environment-proxy.ts'
import { findDocument } from './find-document.ts'
import { clusterEntry, userEntry, type ClusterEntry } from './kubeconfig-entries.ts'
import { proxyAddress } from './proxy-address.ts'
import { readImpersonation } from './read-impersonation.ts'
import { readTls } from './read-tls.ts'
import { serverAddress } from './server-address.ts'

/** One context of the operator's kubeconfig (or the pod's own account), ready to connect with. Sends nothing to the cluster. */
export async function resolveConnection(request: ConnectionRequest): Promise<Result<ClusterConnection>> {
  const document = await findDocument(request)
  if (!document.ok) return document
  const context = chooseContext(document.value, request.context)
  if (!context.ok) return context
  return connectionOf(context.value, request)
}

async function connectionOf(context: ChosenContext, request: ConnectionRequest): Promise<Result<ClusterConnection>> {
  const cluster = clusterEntry(context.cluster)
  if (!cluster.ok) return cluster
  const address = serverAddress(cluster.value.server, context.cluster.name)
  if (!address.ok) return address
  const wanted = cluster.value['proxy-url'] || environmentProxy(address.value.origin, request.environment)
  const proxy = proxyAddress(wanted, context.cluster.name)
  if (!proxy.ok) return proxy
  const tls = await readTls(cluster.value, context.cluster.file)
  if (!tls.ok) return tls
  const identity = identityOf({ context, cluster: cluster.value, ca: tls.value.ca }, request)
  if (!identity.ok) return identity
  return ok(
    Object.freeze({
      context: context.name,
      ...askedFor(request),
      ...address.value,
      ...proxy.value,
      tls: tls.value,
      ...identity.value,
    }),
  )
}

const askedFor = ({ kubeconfig }: ConnectionRequest): Pick<ClusterConnection, 'kubeconfig'> =>
  kubeconfig === undefined ? {} : { kubeconfig }

interface Chosen {
  readonly context: ChosenContext
  readonly cluster: ClusterEntry
  readonly ca: string | undefined
}
type Identity = Pick<ClusterConnection, 'authorization' | 'clientCertificate' | 'refused' | 'impersonation'>

function identityOf({ context, cluster, ca }: Chosen, request: ConnectionRequest): Result<Identity> {
  const named = context.user ?? { name: 'none', file: context.cluster.file, body: {} }
  const user = userEntry(named)
  if (!user.ok) return user
  const source = credentialSource(
    { user: user.value, name: named.name, file: named.file, cluster, ca },
    request.environment,
  )
  if (!source.ok) return source
  const impersonation = readImpersonation(user.value, request.impersonation)
  if (!impersonation.ok) return impersonation
  return ok({ ...source.value, ...(impersonation.value ? { impersonation: impersonation.value } : {}) })
}
