import { describe, expect, it } from 'vitest'
import { rolloutOf } from '../../../src/executor/verify/rollout-of.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { workload, type WorkloadSketch } from '../support/objects.ts'

const kindOf = (sketch: WorkloadSketch): string => rolloutOf(workload(sketch)).kind

describe('the rollout of a Deployment, by the transitions that were observed on a cluster', () => {
  const at = (status: JsonObject, spec: JsonObject = {}): ReturnType<typeof rolloutOf> =>
    rolloutOf(workload({ generation: 3, replicas: 2, status, spec }))

  it('waits while the controller has not seen the newest generation', () => {
    expect(at({ observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 })).toEqual({
      kind: 'wait',
      message: 'the controller has not seen the change yet',
    })
  })

  it('waits while fewer replicas are updated than are wanted', () => {
    const seen = at({
      observedGeneration: 3,
      replicas: 3,
      updatedReplicas: 1,
      availableReplicas: 2,
      unavailableReplicas: 1,
      conditions: [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }],
    })
    expect(seen).toEqual({ kind: 'wait', message: '1 of 2 replicas are updated' })
  })

  it('waits while old pods are still there', () => {
    expect(at({ replicas: 3, updatedReplicas: 2, availableReplicas: 3 })).toEqual({
      kind: 'wait',
      message: '1 old replicas are pending termination',
    })
  })

  it('waits while an updated pod is not available', () => {
    expect(at({ replicas: 2, updatedReplicas: 2, availableReplicas: 1 }).kind).toBe('wait')
  })

  it('is done when all are updated and available', () => {
    const conditions = [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }]
    expect(at({ replicas: 2, updatedReplicas: 2, availableReplicas: 2, conditions }).kind).toBe('done')
  })

  it('has failed when its own progress deadline is over, though old pods are available', () => {
    const conditions = [
      { type: 'Available', status: 'True' },
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
    ]
    expect(at({ replicas: 3, updatedReplicas: 1, availableReplicas: 2, conditions }).kind).toBe('failed')
  })

  it('takes a missing counter for 0 and missing replicas for 1', () => {
    expect(at({})).toEqual({ kind: 'wait', message: '0 of 2 replicas are updated' })
    const { replicas: _, ...spec } = (workload() as { spec: JsonObject }).spec
    const alone = { ...workload({ status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1 } }), spec }
    expect(rolloutOf(alone).kind).toBe('done')
  })
})

describe('the rollout of a StatefulSet', () => {
  const set = (status: JsonObject, spec: JsonObject = {}): WorkloadSketch => ({
    kind: 'StatefulSet',
    replicas: 3,
    status,
    spec,
  })
  const rolled = { readyReplicas: 3, updatedReplicas: 3, currentRevision: 'web-2', updateRevision: 'web-2' }

  it('is not taken for done by readiness alone, which comes back between two pods', () => {
    const between = { readyReplicas: 3, updatedReplicas: 1, currentRevision: 'web-1', updateRevision: 'web-2' }
    expect(rolloutOf(workload(set(between)))).toEqual({ kind: 'wait', message: '1 of 3 pods are at the new revision' })
  })

  it('waits for the controller, then for ready pods, and is done at one revision', () => {
    expect(kindOf(set({ ...rolled, observedGeneration: 0 }))).toBe('wait')
    expect(kindOf(set({ ...rolled, readyReplicas: 2 }))).toBe('wait')
    expect(kindOf(set(rolled))).toBe('done')
  })

  it('counts only the pods above its partition', () => {
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }
    const partial = { readyReplicas: 3, updatedReplicas: 1, currentRevision: 'web-1', updateRevision: 'web-2' }
    expect(rolloutOf(workload(set(partial, spec))).message).toBe('1 of 2 pods above the partition are updated')
    expect(kindOf(set({ ...partial, updatedReplicas: 2 }, spec))).toBe('done')
  })
})

describe('the rollout of a DaemonSet', () => {
  const set = (status: JsonObject): WorkloadSketch => ({ kind: 'DaemonSet', status })

  it('waits for updated, then for available pods on every node that is meant to have one', () => {
    const all = { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 }
    expect(kindOf(set({ ...all, observedGeneration: 0 }))).toBe('wait')
    expect(kindOf(set({ ...all, updatedNumberScheduled: 2 }))).toBe('wait')
    expect(kindOf(set({ ...all, numberAvailable: 2 }))).toBe('wait')
    expect(kindOf(set(all))).toBe('done')
  })
})
