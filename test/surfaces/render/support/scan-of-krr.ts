import { readFileSync } from 'node:fs'
import type { Scan } from '../../../../src/model/recommendation.ts'
import type { WorkloadKind } from '../../../../src/model/workload.ts'
import type { KrrResult } from '../../../../src/surfaces/render/krr-json.ts'
import { makeRow, makeScan } from './make-scan.ts'

const GOLDEN = new URL('../../../golden/', import.meta.url)
export const goldenText = (file: string): string => readFileSync(new URL(file, GOLDEN), 'utf8')

/** What krr recorded, as a scan of ours: enough of it for what krr prints. */
export function scanOfKrr(file: string): Scan {
  const { result } = JSON.parse(goldenText(file)) as { readonly result: KrrResult }
  const rows = result.scans.map(({ object, recommended, severity }, index) => {
    const { namespace, name, container, labels } = object
    const allocations = object.allocations as unknown as Scan['rows'][number]['container']['allocations']
    return makeRow({
      row: index + 1,
      container: { kind: object.kind as WorkloadKind, namespace, name, container, labels, allocations, uid: 'u' },
      pods: object.pods,
      ...recommended,
      severity,
    })
  })
  return makeScan({ rows, score: result.score, clusterSummary: result.clusterSummary })
}
