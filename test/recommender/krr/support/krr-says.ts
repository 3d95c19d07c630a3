import type { KrrAnswer, KrrEngine, KrrRequest, KrrRow } from '../../../../src/ports/krr-engine.ts'
import { ok } from '../../../../src/model/result.ts'
import { bytes, cores } from '../../../../src/model/quantity.ts'

/** krr's row for the container `app` of the Deployment `web` in `shop`, unless told otherwise. */
export const krrRow = (more: Partial<KrrRow> = {}): KrrRow => ({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  container: 'app',
  allocations: { requests: { cpu: cores(0.1), memory: bytes(2 ** 27) }, limits: { cpu: null, memory: null } },
  labels: {},
  pods: [{ name: 'web-a', deleted: false }],
  autoscaler: null,
  warnings: [],
  requests: { cpu: { value: 0.05, severity: 'GOOD' }, memory: { value: 2 ** 28, severity: 'OK' } },
  limits: { cpu: { value: null, severity: 'GOOD' }, memory: { value: 2 ** 28, severity: 'WARNING' } },
  info: { cpu: null, memory: null },
  severity: 'WARNING',
  ...more,
})

/** A krr that answers with these rows; it remembers what it was asked. */
export function krrSays(
  rows: readonly KrrRow[],
  more: Partial<KrrAnswer> = {},
): KrrEngine & { readonly asked: readonly KrrRequest[] } {
  const asked: KrrRequest[] = []
  const answer = { version: 'v1.29.0', rows, score: 42, clusterSummary: {}, errors: [], queries: 7, lost: [], ...more }
  return {
    asked,
    version: () => Promise.resolve(ok('v1.29.0')),
    scan: (request) => {
      asked.push(request)
      return Promise.resolve(ok(answer))
    },
  }
}
