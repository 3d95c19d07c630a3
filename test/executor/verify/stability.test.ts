import { describe, expect, it } from 'vitest'
import { stability } from '../../../src/executor/verify/stability.ts'
import type { Judged } from '../../../src/executor/verify/judged.ts'
import {
  BASELINE,
  expectation,
  NEW,
  OLD,
  pod,
  replicaSet,
  settledLook,
  workload,
  type PodSketch,
} from '../support/objects.ts'

const withPods = (...pods: readonly PodSketch[]): Judged =>
  stability(settledLook({ pods: pods.map((each) => pod(each)) }), expectation())
const waiting = (reason: string, message = ''): PodSketch => ({ ready: false, state: { waiting: { reason, message } } })
const scheduling = (message: string): PodSketch => ({
  phase: 'Pending',
  ready: false,
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
})

describe('stability', () => {
  it('passes where nothing is wrong', () => {
    expect(withPods({}, {}).kind).toBe('pass')
  })

  it('sees an OOM kill in the present and in the past state, and names the container', () => {
    for (const place of ['state', 'lastState'] as const) {
      const judged = withPods(
        {},
        { name: 'web-new-2', [place]: { terminated: { reason: 'OOMKilled', exitCode: 137 } } },
      )
      expect(judged).toEqual({
        kind: 'fail',
        cause: 'oom_killed',
        message: 'Container app of web-new-2 was OOM-killed.',
        container: 'app',
      })
    }
  })

  it('does not take exit code 137 alone for an OOM kill', () => {
    expect(withPods({ restarts: 1, lastState: { terminated: { reason: 'Error', exitCode: 137 } } }).kind).toBe('pass')
  })

  it('says OOM-killed, not crash looping, of a container that is both', () => {
    const judged = withPods({ ...waiting('CrashLoopBackOff'), lastState: { terminated: { reason: 'OOMKilled' } } })
    expect(judged).toMatchObject({ kind: 'fail', cause: 'oom_killed' })
  })

  it.each(['CrashLoopBackOff', 'RunContainerError', 'CreateContainerError', 'CreateContainerConfigError'])(
    'takes %s for a crash loop',
    (reason) => {
      expect(withPods(waiting(reason, 'back-off 10s'))).toMatchObject({
        kind: 'fail',
        cause: 'crash_loop',
        message: `Container app of web-new-1 is in ${reason}: “back-off 10s”.`,
      })
    },
  )

  it.each(['InvalidImageName', 'ErrImageNeverPull'])('fails at once when the image cannot be had: %s', (reason) => {
    expect(withPods(waiting(reason))).toMatchObject({ kind: 'fail', cause: 'image_pull' })
  })

  it.each(['ErrImagePull', 'ImagePullBackOff'])(
    'waits for an image that is late, and blames no resource: %s',
    (reason) => {
      expect(withPods(waiting(reason))).toMatchObject({ kind: 'wait', overdue: 'image_pull' })
    },
  )

  it('allows one restart, and mentions it', () => {
    expect(withPods({ restarts: 1 })).toMatchObject({ kind: 'pass', message: expect.stringContaining('1 restart') })
  })

  it('fails at the second restart, counted over all pods of the new revision', () => {
    expect(withPods({ restarts: 1 }, { name: 'web-new-2', restarts: 1 })).toMatchObject({ cause: 'restarts' })
  })

  it('does not count restarts from before the change', () => {
    const baseline = { ...BASELINE, restarts: { 'uid-web-new-1/app': 7 } }
    const look = settledLook({ pods: [pod({ restarts: 8 })] })
    expect(stability(look, expectation({ baseline })).kind).toBe('pass')
  })

  it('counts init containers and sidecars too', () => {
    const withInit = pod()
    const status = withInit['status'] as object
    const initContainerStatuses = [{ name: 'proxy', restartCount: 2, state: {}, lastState: {} }]
    const look = settledLook({ pods: [{ ...withInit, status: { ...status, initContainerStatuses } }] })
    expect(stability(look, expectation())).toMatchObject({ cause: 'restarts' })
  })

  it('waits with a pod that no node has room for: a node may be added', () => {
    expect(withPods(scheduling('0/3 nodes are available: 3 Insufficient cpu.'))).toMatchObject({
      kind: 'wait',
      overdue: 'unschedulable',
      message: expect.stringContaining('3 Insufficient cpu'),
    })
  })

  it('fails when quota or admission refuse the pods of the new ReplicaSet', () => {
    const message = 'pods "web-new-1" is forbidden: exceeded quota'
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }]
    const revisions = [replicaSet('old', OLD), replicaSet('new', NEW, { conditions })]
    expect(stability(settledLook({ revisions, pods: [] }), expectation())).toMatchObject({
      kind: 'fail',
      cause: 'failed_create',
      message: expect.stringContaining('exceeded quota'),
    })
  })

  it('does not blame the change for what the old ReplicaSet could not create', () => {
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota' }]
    const revisions = [replicaSet('old', OLD, { conditions }), replicaSet('new', NEW)]
    expect(stability(settledLook({ revisions }), expectation()).kind).toBe('pass')
  })

  it('mentions an eviction, and does not fail for it', () => {
    const judged = withPods({}, { name: 'web-new-2', phase: 'Failed', reason: 'Evicted', ready: false })
    expect(judged).toMatchObject({ kind: 'pass', message: expect.stringContaining('web-new-2 ended as Evicted') })
  })

  it('does not look at pods of the old revision, of other owners, or of a forged label', () => {
    const killed = { lastState: { terminated: { reason: 'OOMKilled' } } }
    expect(withPods({}, { ...killed, hash: 'old', owner: 'uid-web-old' }).kind).toBe('pass')
    expect(withPods({}, { ...killed, owner: 'uid-of-somebody-else' }).kind).toBe('pass')
  })

  it('looks at the new revision of a StatefulSet and of a DaemonSet', () => {
    const label = 'controller-revision-hash'
    const killed = pod({ label, hash: 'web-2', owner: 'uid-web', lastState: { terminated: { reason: 'OOMKilled' } } })
    const status = { updateRevision: 'web-2' }
    const statefulSet = { workload: workload({ kind: 'StatefulSet', status }), revisions: [], pods: [killed] }
    expect(stability(statefulSet, expectation())).toMatchObject({ cause: 'oom_killed' })
    const revisions = [1, 2].map((revision) => ({
      metadata: { name: `web-${revision}`, labels: { [label]: `web-${revision}` } },
      revision,
    }))
    const daemonSet = { workload: workload({ kind: 'DaemonSet' }), revisions, pods: [killed] }
    expect(stability(daemonSet, expectation())).toMatchObject({ cause: 'oom_killed' })
  })
})
