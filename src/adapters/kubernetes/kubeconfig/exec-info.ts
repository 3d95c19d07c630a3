import type { ClusterEntry, ExecEntry } from './kubeconfig-entries.ts'

const CONFIG_EXTENSION = 'client.authentication.k8s.io/exec'

/** The `KUBERNETES_EXEC_INFO` of the exec credential protocol. We never have a terminal to offer: `interactive` is false. */
export function execInfo(exec: ExecEntry, cluster: ClusterEntry, ca: string | undefined): string {
  const spec = {
    interactive: false,
    ...(exec.provideClusterInfo === true ? { cluster: clusterInfo(cluster, ca) } : {}),
  }
  return JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec })
}

function clusterInfo(cluster: ClusterEntry, ca: string | undefined): Readonly<Record<string, unknown>> {
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': ca === undefined ? undefined : Buffer.from(ca, 'utf8').toString('base64'),
    'proxy-url': cluster['proxy-url'],
    config: cluster.extensions?.find(({ name }) => name === CONFIG_EXTENSION)?.extension,
  }
}
