import { started, lacksMemory } from './advance-container.ts'
import { parseQuantity } from './parse-quantity.ts'
import type { Pod, PodContainer, Quantities, Resources } from './pod.ts'
import type { ContainerRecord, PodRecord, ResizeObstacle } from './pod-record.ts'

/** Carries out what `/resize` has asked for since the last moment: all containers of the pod, or none. */
export function resizePod(pod: Pod, record: PodRecord, allocatable: Quantities): PodRecord {
  const changed = record.containers.filter(({ name, life }) => !sameResources(life.resources, wanted(pod, name)))
  if (changed.length === 0) return { ...record, obstacle: undefined }
  const obstacle = tooLarge(pod, allocatable) ?? stillInUse(pod, changed)
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

function tooLarge(pod: Pod, allocatable: Quantities): ResizeObstacle | undefined {
  for (const resource of ['cpu', 'memory']) {
    const asked = pod.spec.containers.reduce((sum, { resources }) => sum + amount(resources?.requests?.[resource]), 0)
    const capacity = amount(allocatable[resource])
    if (asked > capacity) {
      const message = `Node didn't have enough capacity: ${resource}, requested: ${asked}, capacity: ${capacity}`
      return { type: 'PodResizePending', reason: 'Infeasible', message }
    }
  }
  return undefined
}

/** The kubelet does not lower a memory limit below what is in use at that moment. */
function stillInUse(pod: Pod, changed: readonly ContainerRecord[]): ResizeObstacle | undefined {
  const held = changed.find(
    ({ name, rules, life }) => lacksMemory(wanted(pod, name), rules) && !lacksMemory(life.resources, rules),
  )
  if (held === undefined) return undefined
  const message = `attempting to set the memory limit of container ${held.name} below its current usage`
  return { type: 'PodResizeInProgress', reason: 'Error', message }
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

function amount(quantity: string | undefined): number {
  return quantity === undefined ? 0 : (parseQuantity(quantity) ?? 0)
}
