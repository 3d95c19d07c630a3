import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { ControlPlaneUser } from './control-plane-users.ts'
import type { ControlPlaneConnection } from './start-control-plane.ts'

const run = promisify(execFile)

export interface KubectlOptions {
  readonly user?: ControlPlaneUser
  /** Given to kubectl on stdin, for `-f -`. */
  readonly input?: string
}

/** Runs kubectl as that user (the admin by default) and returns its stdout; throws with its stderr when it fails. */
export async function kubectl(
  { kubectl: file, kubeconfigFiles }: ControlPlaneConnection,
  args: readonly string[],
  { user = 'admin', input = '' }: KubectlOptions = {},
): Promise<string> {
  const kubeconfig = kubeconfigFiles[user]
  const { PATH } = process.env
  // Its caches belong to this cluster's folder and not to the developer's home.
  const env = { PATH, HOME: dirname(kubeconfig), KUBECACHEDIR: join(dirname(kubeconfig), 'kubectl-cache') }
  const running = run(file, ['--kubeconfig', kubeconfig, ...args], { env, maxBuffer: 64 * 2 ** 20 })
  running.child.stdin?.on('error', () => {})
  running.child.stdin?.end(input)
  return (await running).stdout
}

/** `kubectl … -o json`, parsed. `Shape` is the caller's claim. */
export async function kubectlJson<Shape>(
  controlPlane: ControlPlaneConnection,
  args: readonly string[],
  options?: KubectlOptions,
): Promise<Shape> {
  return JSON.parse(await kubectl(controlPlane, [...args, '-o', 'json'], options)) as Shape
}
