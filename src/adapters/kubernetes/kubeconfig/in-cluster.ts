import { existsSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import type { ConnectionRequest } from './connection-request.ts'
import type { KubeconfigDocument } from './kubeconfig-document.ts'

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
export const IN_CLUSTER = 'in-cluster'

/** A pod's own service account as a kubeconfig of one context; undefined outside a pod. */
export function inCluster({
  environment,
  serviceAccountDirectory = SERVICE_ACCOUNT,
}: ConnectionRequest): KubeconfigDocument | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment
  const tokenFile = join(serviceAccountDirectory, 'token')
  if (!host || !port || !existsSync(tokenFile)) return undefined
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`
  const entry = (body: unknown) => new Map([[IN_CLUSTER, { name: IN_CLUSTER, file: tokenFile, body }]])
  return {
    files: [],
    currentContext: IN_CLUSTER,
    contexts: entry({ cluster: IN_CLUSTER, user: IN_CLUSTER }),
    clusters: entry({ server, 'certificate-authority': join(serviceAccountDirectory, 'ca.crt') }),
    users: entry({ tokenFile }),
  }
}
