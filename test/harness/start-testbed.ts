import { type Kubelet, runKubelet } from '../../src/demo/kubelet/run-kubelet.ts'
import type { ControlPlaneBinaries } from './control-plane-binaries.ts'
import { connectKubeApi } from './kube-api.ts'
import { kubeletApi } from './kubelet-api.ts'
import { type ControlPlaneConnection, startControlPlane } from './start-control-plane.ts'

export interface RunningTestbed {
  readonly connection: ControlPlaneConnection
  readonly stop: () => Promise<void>
}

export const TESTBED_NODES = ['node-a', 'node-b', 'node-c'].map((name) => ({
  name,
  cpu: '8',
  memory: '32Gi',
  pods: 110,
}))

/** A control plane with controllers, and three nodes whose kubelets are simulated. */
export async function startTestbed(binaries: ControlPlaneBinaries): Promise<RunningTestbed> {
  const controlPlane = await startControlPlane(binaries, { controllers: true })
  const { connection } = controlPlane
  const api = await connectKubeApi({ ...connection, token: connection.tokens.kubelet })
  const onProblem = (problem: unknown): void => void process.stderr.write(`simulated kubelet: ${String(problem)}\n`)
  let kubelet: Kubelet | undefined
  const stop = async (): Promise<void> => {
    await kubelet?.stop()
    await api.close()
    await controlPlane.stop()
  }
  try {
    // A tenth of a real kubelet's back-off, so that a test sees the second and third restart.
    kubelet = await runKubelet(kubeletApi(api), { nodes: TESTBED_NODES, backOffMillis: 1_000, onProblem })
    return { connection, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
