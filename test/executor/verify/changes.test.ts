import { describe, expect, it } from 'vitest'
import { changes } from '../../../src/executor/verify/changes.ts'
import { expectation, NEW, OLD, pod, settledLook, workload } from '../support/objects.ts'

const byHelm = {
  manager: 'helm',
  operation: 'Update',
  time: '2026-11-24T12:00:03Z',
  fieldsV1: {
    'f:spec': {
      'f:template': {
        'f:spec': {
          'f:containers': { 'k:{"name":"app"}': { 'f:resources': { 'f:limits': { 'f:memory': {} } }, 'f:image': {} } },
        },
      },
    },
  },
}
const byUs = { ...byHelm, manager: 'krr-mcp', time: '2026-11-24T12:09:00Z' }

describe('changes', () => {
  it('pass when the spec and the running pods of the new revision carry the values', () => {
    expect(changes(settledLook(), expectation())).toEqual({
      kind: 'pass',
      message: 'The spec and 2 running pods carry the new values.',
    })
  })

  it('wait until a pod of the new revision runs', () => {
    const pods = [pod({ hash: 'old', owner: 'uid-web-old', resources: OLD }), pod({ phase: 'Pending' })]
    expect(changes(settledLook({ pods }), expectation()).kind).toBe('wait')
  })

  it('take an older state for an answer that came late, not for a revert', () => {
    expect(changes(settledLook({ workload: workload() }), expectation()).kind).toBe('wait')
  })

  it('are reverted when the old value is back, and say by whom', () => {
    const managedFields = [byUs, byHelm]
    const reverted = workload({ resources: OLD, generation: 3, managedFields })
    expect(changes(settledLook({ workload: reverted }), expectation())).toMatchObject({
      kind: 'fail',
      cause: 'reverted',
      message: expect.stringMatching(
        /^Our change was reverted by helm at 2026-11-24T12:00:03Z: app requests\.cpu is 100m/,
      ),
    })
  })

  it('are superseded when somebody set another value', () => {
    const resources = { ...NEW, limits: { memory: '1Gi' } }
    const replaced = workload({ resources, generation: 3 })
    expect(changes(settledLook({ workload: replaced }), expectation())).toMatchObject({
      cause: 'superseded',
      message: 'Our change was replaced: app limits.memory is 1Gi instead of 64Mi.',
    })
  })

  it('take the same amount in another spelling for ours', () => {
    const resources = { requests: { cpu: '0.2', memory: '65536Ki' }, limits: { memory: '67108864' } }
    const spelled = workload({ resources, generation: 3 }) as { spec: { template: object } }
    const template = spelled.spec.template as never
    expect(changes(settledLook({ workload: spelled as never }), expectation({ template })).kind).not.toBe('fail')
  })

  it('are superseded when somebody deployed another image, and say where, never what', () => {
    const deployed = workload({ resources: NEW, generation: 3, image: 'app:secret', managedFields: [byHelm] })
    const judged = changes(settledLook({ workload: deployed }), expectation())
    expect(judged).toEqual({
      kind: 'fail',
      cause: 'superseded',
      message: 'A newer deploy changed the pod template by helm at 2026-11-24T12:00:03Z: spec.containers.0.image.',
    })
  })

  it('are superseded when the workload was deleted and made anew', () => {
    const { metadata, ...rest } = workload({ resources: NEW, generation: 2 })
    const anew = { ...rest, metadata: { ...(metadata as object), uid: 'uid-anew' } }
    expect(changes(settledLook({ workload: anew }), expectation())).toMatchObject({
      cause: 'superseded',
      message: 'The workload was deleted and created again by somebody else.',
    })
  })

  it('are superseded when admission gives the pods other values', () => {
    const pods = [pod({ resources: { ...NEW, requests: { cpu: '500m', memory: '64Mi' } } })]
    expect(changes(settledLook({ pods }), expectation())).toMatchObject({
      cause: 'superseded',
      message: 'Pod web-new-1 was admitted with requests.cpu 500m instead of 200m.',
    })
  })

  it('pass without pods where none will come, and say so', () => {
    const zero = workload({ resources: NEW, generation: 2, replicas: 0 })
    const template = (zero as { spec: { template: never } }).spec.template
    const judged = changes({ workload: zero, revisions: [], pods: [] }, expectation({ template }))
    expect(judged).toMatchObject({ kind: 'pass', message: expect.stringContaining('scaled to zero') })
  })
})
