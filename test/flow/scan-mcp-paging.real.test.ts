import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { status } from '../adapters/kubernetes/support/fake-api.ts'
import type { AnsweringServer } from '../adapters/prometheus/support/answering-server.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { ERAS, startAssistant, type Assistant, type Called } from './support/assistant.ts'
import { standInCluster, type StandInCluster } from './support/stand-in-cluster.ts'
import { about, standInMetrics, type KnownUsage } from './support/stand-in-metrics.ts'

const ROWS = 1_000
/** What a model pays for it, by the usual rule of thumb. */
const tokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4)
const MOST_TOKENS = 2_000

/** Each with numbers of its own, some with little history. */
const workloads: readonly KnownUsage[] = Array.from({ length: ROWS }, (_, index) => ({
  name: `service-of-some-length-${index}`,
  cpu: String((index % 97) / 40 + 0.01),
  memoryMib: 50 + ((index * 37) % 900),
  seenForSeconds: index % 3 === 0 ? 7_200 : 1_209_600,
}))

// Stand-ins on both sides: the server in between is the built one, and a thousand real pods would take minutes.
describe('a scan of 1,000 containers over MCP', () => {
  let home: TemporaryDirectory
  let cluster: StandInCluster
  let metrics: AnsweringServer

  beforeAll(async () => {
    home = await temporaryDirectory('scan-paging')
    const names = workloads.map(({ name }) => name)
    cluster = await standInCluster(home.path, names)
    cluster.answers.set('/apis/apps/v1/statefulsets', status(403, 'statefulsets.apps is forbidden: not yours'))
    metrics = await standInMetrics(about(workloads))
  })
  afterAll(async () => {
    await metrics?.close()
    await cluster?.close()
    await home?.remove()
  })

  describe.each(ERAS)('in the era %s', (era) => {
    let assistant: Assistant
    let scan: Called
    beforeAll(async () => {
      const stateDir = join(home.path, `state-${era}`)
      assistant = await startAssistant(
        { kubeconfig: cluster.kubeconfig, prometheusUrl: metrics.url, stateDir },
        { era },
      )
      scan = await assistant.call('scan_recommendations')
    })
    afterAll(async () => await assistant?.close())

    test('answers with totals, the rows that would move most, what is to know, and how to see more', () => {
      const { data, next } = scan.answer
      expect(data.totals, scan.text).toMatchObject({ containers: ROWS, withheld: 0 })
      expect(data.rows).toHaveLength(10)
      expect(data.rows_not_shown).toBe(ROWS - 10)
      expect(data.rows.some((row: { marks?: unknown }) => row.marks !== undefined)).toBe(true)
      expect(data.not_read).toEqual([expect.objectContaining({ kind: 'StatefulSet', reason: 'forbidden' })])
      const { scan_id } = data as { scan_id: string }
      const more = { tool: 'scan_recommendations', arguments: { scan_id, offset: 10, limit: 10 } }
      expect(next).toContainEqual(expect.objectContaining(more))
    })

    test(`costs less than ${MOST_TOKENS} tokens, as text and as data`, () => {
      const [asText, asData] = [tokens(scan.text), tokens(JSON.stringify(scan.answer))]
      console.log(`default answer of ${ROWS} rows, ${era}: ${asText} tokens of text, ${asData} of data`)
      expect(asText).toBeLessThan(MOST_TOKENS)
      expect(asData).toBeLessThan(MOST_TOKENS)
    })

    test('shows every row exactly once over its pages, the largest first, and asks nothing for them', async () => {
      const { scan_id } = scan.answer.data as { scan_id: string }
      const asked = metrics.asked.length
      const rows: number[] = []
      let page: Record<string, unknown> | undefined = { scan_id, limit: 90 }
      while (page) {
        const { answer, text }: Called = await assistant.call('scan_recommendations', page)
        expect(answer.status, text).toBe('done')
        rows.push(...answer.data.rows.map(({ row }: { row: number }) => row))
        const next = answer.next as readonly { tool: string; arguments?: Record<string, unknown> }[]
        // As a model does: the call that the answer names.
        page = next.find(({ tool }) => tool === 'scan_recommendations')?.arguments
        expect(rows.length).toBeLessThanOrEqual(ROWS)
      }
      expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1))
      expect(rows.slice(0, 10)).toEqual(scan.answer.data.rows.map(({ row }: { row: number }) => row))
      expect(metrics.asked.length).toBe(asked)
      const beyond = await assistant.call('scan_recommendations', { scan_id, offset: ROWS })
      expect(beyond.answer.data).toMatchObject({ rows: [], rows_not_shown: 0 })
    })
  })
})
