import { started, lacksMemory } from './advance-container.ts'
import type { Pod, PodContainer, Resources } from './pod.ts'
import type { ContainerRecord, PodRecord, ResizeObstacle } from './pod-record.ts'

/**
 * Carries out what `/resize` has asked for since the last moment: all containers of the pod, or none.
 * What the node could never hold has been refused by the API server already.
 */
export function resizePod(pod: Pod, record: PodRecord): PodRecord {
  const changed = record.containers.filter(({ name, life }) => !sameResources(life.resources, wanted(pod, name)))
  if (changed.length === 0) return { ...record, obstacle: undefined }
  const obstacle = stillInUse(pod, changed)
  if (obstacle !== undefined) return { ...record, obstacle }
  const containers = record.containers.map((container) => resized(pod, container, record.now))
  return { ...record, obstacle: undefined, containers }
}

function resized(pod: Pod, container: ContainerRecord, now: number): ContainerRecord {
  const spec = pod.spec.containers.find(({ name }) => name === container.name)
  const target = spec?.resources ?? {}
  if (sameResources(container.life.resources, target)) return container
  const life = { ...container.life, resources: target }
  const restarts = spec !== undefined && life.state.kind === 'running' && needsRestart(spec, container.life.resources)
  return { ...container, life: restarts ? started(life, now) : life }
}

function needsRestart(spec: PodContainer, before: Resources): boolean {
  return (spec.resizePolicy ?? []).some(
    ({ resourceName, restartPolicy }) =>
      restartPolicy === 'RestartContainer' &&
      amountsOf(before, resourceName) !== amountsOf(spec.resources ?? {}, resourceName),
  )
}

/** The kubelet does not lower a memory limit below what is in use at that moment. */
function stillInUse(pod: Pod, changed: readonly ContainerRecord[]): ResizeObstacle | undefined {
  const held = changed.find(
    ({ name, rules, life }) => lacksMemory(wanted(pod, name), rules) && !lacksMemory(life.resources, rules),
  )
  if (held === undefined) return undefined
  const message = `attempting to set the memory limit of container ${held.name} below its current usage`
  return { reason: 'Error', message }
}

function wanted(pod: Pod, name: string): Resources {
  return pod.spec.containers.find((container) => container.name === name)?.resources ?? {}
}

function sameResources(a: Resources, b: Resources): boolean {
  return ['cpu', 'memory'].every((resource) => amountsOf(a, resource) === amountsOf(b, resource))
}

function amountsOf({ requests, limits }: Resources, resource: string): string {
  return `${requests?.[resource] ?? '-'} ${limits?.[resource] ?? '-'}`
}
