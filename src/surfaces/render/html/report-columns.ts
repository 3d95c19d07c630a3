import { workloadPath } from '../../../model/workload.ts'
import type { ScanRow } from '../../../model/recommendation.ts'
import type { UsageHistory } from '../../../model/usage-history.ts'
import { containerText } from '../container-text.ts'
import { cpuText, memoryText } from '../resource-text.ts'
import { rowChange } from '../row-change.ts'
import { sparkline } from '../sparkline.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

export interface ReportRow {
  readonly row: ScanRow
  readonly usage: UsageHistory | undefined
  /** Footnotes, as symbols. */
  readonly notes: string
  /** Points of a chart, at most. */
  readonly points: number
}
export interface ReportColumn {
  readonly head: string
  /** What rows are sorted by: a number, a text, or nothing (always last). */
  readonly key: (row: ScanRow) => number | string | null
  readonly cell: (shown: ReportRow) => Markup
  /** Numbers stand on the right. */
  readonly number?: true
  /** Whether rows can be sorted by it, and whether its keys are numbers. */
  readonly sort?: 'yes' | 'no'
}

type Resource = 'cpu' | 'memory'
const RANKS = { UNKNOWN: 0, GOOD: 1, OK: 2, WARNING: 3, CRITICAL: 4 } as const
const running = ({ pods }: ScanRow): number => pods.filter(({ deleted }) => !deleted).length

/** Of the requests of all running pods, cores or bytes; what is not set counts as nothing, as in krr. */
function change(row: ScanRow, resource: Resource): number | null {
  const { value } = row.requests[resource]
  const current = row.container.allocations.requests[resource]
  return typeof value === 'number' ? (value - (typeof current === 'number' ? current : 0)) * running(row) : null
}

function changeText(row: ScanRow, resource: Resource): string {
  const by = change(row, resource)
  if (by === null) return ''
  const text = (resource === 'cpu' ? cpuText : memoryText)(Math.abs(by))
  return by === 0 ? text : `${by < 0 ? '−' : '+'}${text}`
}

function amounts(head: string, part: 'requests' | 'limits', resource: Resource): ReportColumn {
  return {
    head,
    number: true,
    sort: 'yes',
    key: (row) => {
      const recommended = row[part][resource].value
      return typeof recommended === 'number' ? recommended : null
    },
    cell: ({ row }) => {
      const { text, severity } = rowChange(row, part, resource)
      return markup`<span class="${severity}">${text}</span>`
    },
  }
}

const total = (head: string, resource: Resource): ReportColumn => ({
  head,
  number: true,
  sort: 'yes',
  // To a thousandth: nobody sees more, and a page has thousands of these.
  key: (row) => {
    const by = change(row, resource)
    return by === null ? null : Number(by.toFixed(3))
  },
  cell: ({ row }) => markup`${changeText(row, resource)}`,
})

const used = (head: string, resource: Resource): ReportColumn => ({
  head,
  key: () => null,
  cell: ({ usage }) => markup`<i aria-hidden="true">${sparkline(usage?.[resource] ?? [], 12).replaceAll(' ', '·')}</i>`,
})

/** A workload's name opens its details. */
const workload: ReportColumn = {
  head: 'Workload',
  sort: 'no',
  key: ({ container }) => containerText(container),
  cell: ({ row }) =>
    markup`<button class="open" aria-expanded="false" aria-controls="d${row.row}">${workloadPath(row.container)} <i>${row.container.container}</i></button>`,
}

export const REPORT_COLUMNS: readonly ReportColumn[] = [
  { head: '#', number: true, sort: 'yes', key: ({ row }) => row, cell: ({ row }) => markup`${row.row}` },
  {
    head: 'Namespace',
    sort: 'no',
    key: ({ container }) => container.namespace,
    cell: ({ row }) => markup`${row.container.namespace}`,
  },
  workload,
  { head: 'Pods', number: true, sort: 'yes', key: running, cell: ({ row }) => markup`${running(row)}` },
  {
    head: 'Severity',
    sort: 'yes',
    key: ({ severity }) => RANKS[severity],
    cell: ({ row, notes }) => markup`<span class="tag ${row.severity}">${row.severity}</span> <small>${notes}</small>`,
  },
  amounts('CPU request', 'requests', 'cpu'),
  total('CPU, all pods', 'cpu'),
  amounts('CPU limit', 'limits', 'cpu'),
  used('CPU used', 'cpu'),
  amounts('Memory request', 'requests', 'memory'),
  total('Memory, all pods', 'memory'),
  amounts('Memory limit', 'limits', 'memory'),
  used('Memory used', 'memory'),
]
