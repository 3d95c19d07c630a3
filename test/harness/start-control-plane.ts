import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ControlPlaneBinaries } from './control-plane-binaries.ts'
import { type ControlPlaneFiles, writeControlPlaneFiles, writeKubeconfigs } from './control-plane-files.ts'
import type { ControlPlaneUser } from './control-plane-users.ts'
import { freePorts } from './free-ports.ts'
import { connectKubeApi, type KubeApiTarget } from './kube-api.ts'
import { type StartedProcess, startProcess } from './start-process.ts'
import { stopAll } from './stop-all.ts'
import { temporaryDirectory } from './temporary-directory.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** What a test needs to reach a control plane. Plain data, so that vitest can hand it to its workers. */
export interface ControlPlaneConnection {
  readonly url: string
  readonly caFile: string
  readonly adminToken: string
  readonly tokens: Readonly<Record<ControlPlaneUser, string>>
  /** The admin's. */
  readonly kubeconfigFile: string
  readonly kubeconfigFiles: Readonly<Record<ControlPlaneUser, string>>
  readonly auditLogFile: string
  readonly kubectl: string
}

export interface ControlPlane {
  readonly connection: ControlPlaneConnection
  readonly stop: () => Promise<void>
}

export interface ControlPlaneOptions {
  /** With controllers and scheduler; without them objects stay as they were posted, and pods need no service account. */
  readonly controllers: boolean
  /** PEM: whoever shows a certificate of this authority is the user of its common name. */
  readonly clientAuthority?: string
}

/** Starts etcd and an API server, and with them controllers and a scheduler, on free loopback ports. */
export async function startControlPlane(
  binaries: ControlPlaneBinaries,
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  const directory = await temporaryDirectory('control-plane')
  // The last one started is the first to end, so the API server before its etcd: asked after that, it waits for ever.
  const running: StartedProcess[] = []
  const stop = async (): Promise<void> => await stopAll(running, directory)
  try {
    const start = async (name: string, file: string, args: readonly string[]): Promise<void> => {
      running.unshift(await startProcess({ name, file, args, logFile: join(directory.path, `${name}.log`) }))
    }
    const connection = await startServers({ binaries, options, directory: directory.path, start, running })
    return { connection, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface StartUp {
  readonly binaries: ControlPlaneBinaries
  readonly options: ControlPlaneOptions
  readonly directory: string
  readonly running: StartedProcess[]
  readonly start: (name: string, file: string, args: readonly string[]) => Promise<void>
}

async function startServers(startUp: StartUp): Promise<ControlPlaneConnection> {
  const { binaries, options, directory, running, start } = startUp
  const [client, peer, secure] = (await freePorts(3)) as [number, number, number]
  const files = await writeControlPlaneFiles(directory)
  await start('etcd', binaries.etcd, etcdArguments(join(directory, 'etcd'), client, peer))
  await start('kube-apiserver', binaries.apiServer, [
    ...apiServerArguments(files, { etcd: client, secure, directory }),
    ...(options.controllers ? [] : ['--disable-admission-plugins=ServiceAccount']),
    ...(await clientAuthorityArguments(directory, options.clientAuthority)),
  ])
  const target = { url: `https://127.0.0.1:${secure}`, caFile: join(directory, 'pki', 'apiserver.crt') }
  await waitForAnswer(running, { ...target, token: files.tokens.admin }, '/readyz')
  const ca = await readFile(target.caFile, 'utf8')
  const kubeconfigFiles = await writeKubeconfigs(directory, { url: target.url, ca, tokens: files.tokens })
  if (options.controllers) {
    await startControllers(startUp, files, kubeconfigFiles)
    // A pod is refused until the controllers have made its namespace's service account.
    const account = '/api/v1/namespaces/default/serviceaccounts/default'
    await waitForAnswer(running, { ...target, token: files.tokens.admin }, account)
  }
  const { tokens, auditLogFile } = files
  const kubeconfigFile = kubeconfigFiles.admin
  return {
    ...target,
    adminToken: tokens.admin,
    tokens,
    kubeconfigFile,
    kubeconfigFiles,
    auditLogFile,
    kubectl: binaries.kubectl,
  }
}

async function startControllers(
  { binaries, start }: StartUp,
  files: ControlPlaneFiles,
  kubeconfigs: Readonly<Record<ControlPlaneUser, string>>,
): Promise<void> {
  // The defaults (20 requests a second) are for clusters; here many tests share one control plane.
  const common = ['--leader-elect=false', '--kube-api-qps=500', '--kube-api-burst=1000']
  const [port] = (await freePorts(1)) as [number]
  await start('kube-controller-manager', binaries.controllerManager, [
    `--kubeconfig=${kubeconfigs.controllerManager}`,
    `--service-account-private-key-file=${files.serviceAccountKeyFile}`,
    '--secure-port=0',
    ...common,
  ])
  await start('kube-scheduler', binaries.scheduler, [
    `--kubeconfig=${kubeconfigs.scheduler}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    ...common,
  ])
}

async function waitForAnswer(running: StartedProcess[], target: KubeApiTarget, path: string): Promise<void> {
  await waitUntilReady(running, async () => {
    const api = await connectKubeApi(target)
    try {
      return (await api.request({ method: 'GET', path })).status === 200
    } finally {
      await api.close()
    }
  })
}

async function clientAuthorityArguments(directory: string, authority: string | undefined): Promise<readonly string[]> {
  if (authority === undefined) return []
  const file = join(directory, 'client-ca.crt')
  await writeFile(file, authority)
  return [`--client-ca-file=${file}`]
}

function etcdArguments(dataDirectory: string, client: number, peer: number): string[] {
  const clientUrl = `http://127.0.0.1:${client}`
  const peerUrl = `http://127.0.0.1:${peer}`
  return [
    `--data-dir=${dataDirectory}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]
}

function apiServerArguments(
  files: ControlPlaneFiles,
  place: { readonly etcd: number; readonly secure: number; readonly directory: string },
): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${place.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${place.secure}`,
    `--cert-dir=${join(place.directory, 'pki')}`,
    `--token-auth-file=${files.tokenFile}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${files.serviceAccountKeyFile}`,
    `--service-account-signing-key-file=${files.serviceAccountKeyFile}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--allow-privileged=true',
    `--audit-policy-file=${files.auditPolicyFile}`,
    `--audit-log-path=${files.auditLogFile}`,
    // Strict: a request that could not be logged is not served, so the log cannot be silent about a write.
    '--audit-log-mode=blocking-strict',
    // In megabytes: the log must not be rotated away under a test that reads it.
    '--audit-log-maxsize=10000',
  ]
}
