import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KubeObject } from '../../../src/model/observation.ts'
import { templateContainers } from '../../../src/safety/plan/pod-template.ts'
import { writtenQuantity } from '../../../src/safety/plan/written-quantity.ts'
import { describeReal } from '../../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../../harness/kube-api.ts'
import { workloadManifest } from '../support/workload-manifest.ts'

const SEED = 20_261_124
const MANY = 400

describeReal('the quantities that are written', (controlPlane) => {
  let api: KubeApi
  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  })
  afterAll(async () => await api.close())

  it('are stored by a real API server exactly as they were written', async () => {
    const cpu = fc.oneof(fc.double({ min: 0.001, max: 200, noNaN: true }), fc.integer({ min: 1, max: 4000 }))
    const round = fc.constantFrom(1, 1000, 1024, 1e6, 2 ** 20, 1e9, 2 ** 30)
    const memory = fc.tuple(fc.integer({ min: 1, max: 5000 }), round).map(([count, unit]) => count * unit)
    const values = fc.sample(fc.tuple(cpu, memory), { numRuns: MANY, seed: SEED })
    const written = values.map(([cores, bytes]) => ({
      cpu: writtenQuantity('cpu', cores),
      memory: writtenQuantity('memory', bytes),
    }))
    const containers = Object.fromEntries(written.map((requests, index) => [`c${index}`, { requests }]))
    const stored = await api.post<KubeObject>(
      '/apis/apps/v1/namespaces/default/deployments?dryRun=All',
      workloadManifest('Deployment', { name: 'quantities', containers }),
    )
    expect(templateContainers(stored).map(({ resources }) => resources?.['requests'])).toEqual(written)
  })
})
