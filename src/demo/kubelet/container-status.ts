import type { ContainerLife, ContainerState, Termination } from './container-life.ts'
import { isReady, isStarted } from './is-ready.ts'
import type { Pod, PodContainer } from './pod.ts'
import type { PodRecord } from './pod-record.ts'
import { timestamp } from './timestamp.ts'

/** `containerStatuses` as a kubelet would write them at this moment. */
export function containerStatuses(pod: Pod, record: PodRecord): readonly object[] {
  return pod.spec.containers.map((spec) => {
    const container = record.containers.find(({ name }) => name === spec.name)
    const common = { name: spec.name, image: spec.image, imageID: `sim://${spec.image}` }
    if (container === undefined) {
      const waiting = { reason: 'CreateContainerConfigError', message: record.refusal ?? '' }
      return { ...common, ready: false, started: false, restartCount: 0, state: { waiting }, lastState: {} }
    }
    const { life } = container
    return {
      ...common,
      containerID: containerId(pod, spec.name, life),
      ready: isReady(container, record.now),
      started: isStarted(container, record.now),
      restartCount: life.restarts,
      resources: life.resources,
      ...(life.resources.requests && { allocatedResources: life.resources.requests }),
      state: stateObject(life.state, pod, spec.name),
      lastState: life.last === undefined ? {} : { terminated: terminatedObject(life.last) },
    }
  })
}

/** Init containers have all done their work; those that are sidecars go on running. */
export function initContainerStatuses(pod: Pod, { startedAt }: PodRecord): readonly object[] {
  return (pod.spec.initContainers ?? []).map((spec) => initContainerStatus(spec, startedAt))
}

function initContainerStatus(spec: PodContainer, startedAt: number): object {
  const sidecar = spec.restartPolicy === 'Always'
  const done = terminatedObject({ reason: 'Completed', exitCode: 0, startedAt, finishedAt: startedAt })
  return {
    name: spec.name,
    image: spec.image,
    imageID: `sim://${spec.image}`,
    ready: true,
    started: sidecar,
    restartCount: 0,
    resources: spec.resources ?? {},
    state: sidecar ? { running: { startedAt: timestamp(startedAt) } } : { terminated: done },
    lastState: {},
  }
}

function stateObject(state: ContainerState, pod: Pod, container: string): object {
  switch (state.kind) {
    case 'running':
      return { running: { startedAt: timestamp(state.since) } }
    case 'terminated':
      return { terminated: terminatedObject(state.termination) }
    case 'backing_off': {
      const { namespace, name, uid } = pod.metadata
      const delay = `${state.delay / 1000}s`
      const message = `back-off ${delay} restarting failed container=${container} pod=${name}_${namespace}(${uid})`
      return { waiting: { reason: 'CrashLoopBackOff', message } }
    }
  }
}

function terminatedObject({ reason, exitCode, startedAt, finishedAt }: Termination): object {
  return { reason, exitCode, startedAt: timestamp(startedAt), finishedAt: timestamp(finishedAt) }
}

function containerId(pod: Pod, container: string, { restarts }: ContainerLife): string {
  return `sim://${pod.metadata.uid}/${container}/${restarts}`
}
