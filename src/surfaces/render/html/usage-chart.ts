import { containerText } from '../container-text.ts'
import { cpuText, memoryText } from '../resource-text.ts'
import { highestPerShare } from '../highest-per-share.ts'
import { usageFigures } from '../usage-figures.ts'
import type { UsageFigures } from '../usage-figures.ts'
import { axisId } from './chart-axes.ts'
import { across, chartPath, FRAME, xOf, yOf } from './chart-frame.ts'
import { chartLines, chartTop } from './chart-lines.ts'
import type { ChartLine } from './chart-lines.ts'
import { markup, NOTHING } from './markup.ts'
import type { Markup } from './markup.ts'
import type { ReportRow } from './report-columns.ts'

type Resource = 'cpu' | 'memory'
const NAMES = { cpu: 'CPU', memory: 'Memory' } as const

/** Usage of a row over time as a drawing, with what is set, what is recommended and the peak; its legend has the numbers. */
export function usageChart({ row, usage: history, points }: ReportRow, resource: Resource): Markup {
  const figures = usageFigures(history?.[resource] ?? [])
  if (!history || !figures)
    return markup`<p class="none">No ${NAMES[resource]} usage over time was read for this row.</p>`
  const lines = chartLines(row, resource)
  const top = chartTop(lines, figures.peak)
  return markup`<figure><svg viewBox="0 0 ${FRAME.width} ${FRAME.height}" role="img" aria-label="${NAMES[resource]} usage over time of ${containerText(row.container)}">${[
    markup`<use href="#${axisId(history)}"/>`,
    labels(top, resource),
    ...lines.map((line) => lineOf(line, top)),
    markup`<path class="use" d="${chartPath(highestPerShare(history[resource], points), top)}"/>`,
    peak(history[resource], figures.peak, top),
  ]}</svg>${legend(lines, { resource, figures, top })}</figure>`
}

const amount = (resource: Resource, value: number): string => (resource === 'cpu' ? cpuText : memoryText)(value)

const rule = (kind: string, y: number): Markup => markup`<path class="${kind}" d="${across(y)}"/>`

const labels = (top: number, resource: Resource): Markup =>
  markup`${[top / 2, top].map(
    (value) => markup`<text x="${FRAME.left - 5}" y="${yOf(value, top) + 4}">${amount(resource, value)}</text>`,
  )}`

const lineOf = ({ kind, value }: ChartLine, top: number): Markup =>
  value > top ? NOTHING : rule(kind, yOf(value, top))

function peak(values: readonly (number | null)[], highest: number, top: number): Markup {
  const y = yOf(highest, top)
  return markup`${rule('peak', y)}<circle class="peak" cx="${xOf(values.indexOf(highest), values.length)}" cy="${y}" r="4"/>`
}

interface Read {
  readonly resource: Resource
  readonly figures: UsageFigures
}
function legend(lines: readonly ChartLine[], { resource, figures, top }: Read & { readonly top: number }): Markup {
  const item = (kind: string, words: string, value: number): Markup =>
    markup`<li class="${kind}">${words} <b>${amount(resource, value)}</b>${value > top ? markup` (above the chart)` : NOTHING}</li>`
  return markup`<figcaption><ul class="legend"><li class="use">used by the highest pod; 95th percentile <b>${amount(resource, figures.p95)}</b></li>${item('peak', 'peak', figures.peak)}${lines.map(({ kind, words, value }) => item(kind, words, value))}</ul></figcaption>`
}
