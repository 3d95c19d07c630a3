import { expect } from 'vitest'
import type { Assistant, Called } from './assistant.ts'

/** The row of a workload in a scan's answer. */
export function rowOf(scan: Called, workload: string): number {
  const rows = scan.answer.data.rows as { row: number; container: string }[]
  const found = rows.find((row) => row.container.startsWith(`deployment/${workload}/`))
  if (!found) throw new Error(`no row of ${workload} in ${scan.text}`)
  return found.row
}

export interface Wish {
  readonly workload: string
  readonly only?: readonly string[]
}

/** Scan, explain, preview: returns the plan's id. */
export async function plan(assistant: Assistant, namespace: string, { workload, only }: Wish): Promise<string> {
  const scan = await assistant.call('scan_recommendations', { namespaces: [namespace] })
  expect(scan.answer?.status, scan.text).toBe('done')
  const { scan_id } = scan.answer.data as { scan_id: string }
  const row = rowOf(scan, workload)
  const explained = await assistant.call('explain_recommendation', { scan_id, row })
  expect(explained.answer?.status, explained.text).toBe('done')
  const preview = await assistant.call('preview_changes', { scan_id, rows: [row], ...(only ? { only } : {}) })
  expect(preview.answer?.status, preview.text).toBe('proposed')
  return preview.answer.data.plan_id as string
}

/** Waits for the end of an execution as an assistant does. */
export async function untilFinal(assistant: Assistant, execution: string): Promise<Called> {
  for (;;) {
    const seen = await assistant.call('get_execution', { execution_id: execution, wait_seconds: 20 })
    if (!['queued', 'applying', 'soaking', 'rolling_back'].includes(seen.answer?.status)) return seen
  }
}
