import type { Quantities } from './pod.ts'
import { timestamp } from './timestamp.ts'

export interface SimulatedNode {
  readonly name: string
  readonly cpu: string
  readonly memory: string
  readonly pods: number
  readonly labels?: Readonly<Record<string, string>>
}

/** What the node has and, because nothing else lives on it, what pods may ask for. */
export function nodeCapacity({ cpu, memory, pods }: SimulatedNode): Quantities {
  return { cpu, memory, pods: String(pods), 'ephemeral-storage': '100Gi' }
}

/** The node as it registers itself. */
export function nodeObject(node: SimulatedNode): object {
  const labels = {
    'kubernetes.io/hostname': node.name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    ...node.labels,
  }
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: node.name, labels }, spec: {} }
}

/** The node's status, which is its heartbeat too. */
export function nodeStatus(node: SimulatedNode, { index, now, since }: NodeMoment): object {
  const capacity = nodeCapacity(node)
  const times = { lastHeartbeatTime: timestamp(now), lastTransitionTime: timestamp(since) }
  const healthy = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({ type, status: 'False', ...times }))
  return {
    capacity,
    allocatable: capacity,
    conditions: [...healthy, { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'simulated', ...times }],
    addresses: [
      { type: 'InternalIP', address: nodeAddress(index) },
      { type: 'Hostname', address: node.name },
    ],
    nodeInfo: nodeInfo(node.name),
  }
}

export interface NodeMoment {
  readonly index: number
  readonly now: number
  readonly since: number
}

export function nodeAddress(index: number): string {
  return `10.250.${Math.floor(index / 250)}.${(index % 250) + 1}`
}

function nodeInfo(name: string): object {
  return {
    machineID: name,
    systemUUID: name,
    bootID: name,
    kernelVersion: '6.12.0',
    osImage: 'simulated',
    containerRuntimeVersion: 'simulated://1.0.0',
    kubeletVersion: 'v1.36.4',
    kubeProxyVersion: '',
    operatingSystem: 'linux',
    architecture: 'amd64',
  }
}
