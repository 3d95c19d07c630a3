import type { PodEvidence, ResourceEvidence, ScanRow } from '../../../model/recommendation.ts'
import { isoTime } from '../../../model/time.ts'
import { DEVIATION_WORDS } from '../mark-words.ts'
import { cpuText, memoryText } from '../resource-text.ts'
import { markup, NOTHING } from './markup.ts'
import type { Markup } from './markup.ts'
import { hoursText } from './hours-text.ts'
import type { ReportRow } from './report-columns.ts'
import { usageChart } from './usage-chart.ts'

const MOST_PODS = 5
type Resource = 'cpu' | 'memory'

/** A row opened: its usage over time, how each number came about, and what to know before trusting it. */
export const reportDetails = (shown: ReportRow): Markup =>
  markup`<div class="two">${(['cpu', 'memory'] as const).map(
    (resource) =>
      markup`<section><h3>${resource === 'cpu' ? 'CPU' : 'Memory'}</h3>${usageChart(shown, resource)}${whyOf(shown.row, resource)}</section>`,
  )}</div>${toKnow(shown.row)}`

function whyOf(row: ScanRow, resource: Resource): Markup {
  const evidence = row.evidence[resource]
  const info = row.info[resource]
  return markup`<p>${info === null ? '' : `${info}. `}${evidence.rule}</p><p class="small">${pointsText(evidence)} ${podsText(evidence.perPod, resource)}</p>${queries(evidence)}`
}

/** The window is the same for all rows, and said at the head of the page. */
function pointsText({ points, windowSeconds, perPod }: ResourceEvidence): string {
  if (perPod.length === 0) return ''
  const few = points.windowSeconds < windowSeconds
  return few ? `${points.counted} points in the last ${hoursText(points.windowSeconds)}.` : `${points.counted} points.`
}

function podsText(pods: readonly PodEvidence[], resource: Resource): string {
  const text = resource === 'cpu' ? cpuText : memoryText
  const highest = pods.toSorted((a, b) => b.value - a.value)
  const said = highest.slice(0, MOST_PODS).map(({ pod, value }) => `${pod} ${text(value)}`)
  const more = pods.length > MOST_PODS ? ` and ${pods.length - MOST_PODS} pods with less` : ''
  return said.length === 0 ? '' : `Per pod: ${said.join(', ')}${more}.`
}

/** As of one time, which the head of the page says. */
const queries = ({ queries: asked }: ResourceEvidence): Markup =>
  markup`${asked.map(({ purpose, promql }) => markup`<pre><b>${purpose}</b>\n${promql}</pre>`)}`

function toKnow({ marks, deviations, autoscaler, evidence }: ScanRow): Markup {
  const { seen } = evidence.memory
  const said = [
    ...marks.map(({ text }) => text),
    ...deviations.map((each) => `Other than krr: ${DEVIATION_WORDS[each]}.`),
    ...(autoscaler
      ? [`An autoscaler keeps ${autoscaler.minReplicas ?? 1} to ${autoscaler.maxReplicas ?? '?'} replicas.`]
      : []),
    ...(seen
      ? [
          `Data from ${isoTime(seen.from * 1000)} to ${isoTime(seen.to * 1000)}, ${Math.round(seen.covered * 100)} % of the time.`,
        ]
      : []),
  ]
  return said.length === 0 ? NOTHING : markup`<ul class="know">${said.map((each) => markup`<li>${each}</li>`)}</ul>`
}
