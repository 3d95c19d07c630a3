import type { Scan } from '../../../model/recommendation.ts'
import { strategyCommand } from '../../../model/strategy.ts'
import { isoTime } from '../../../model/time.ts'
import { krrJson } from '../krr-json.ts'
import { hoursText } from './hours-text.ts'
import { markup, NOTHING } from './markup.ts'
import type { Markup } from './markup.ts'

/** Of what, when and how: the lines above everything. */
export function reportHead(scan: Scan): Markup {
  const { settings } = krrJson({ ...scan, rows: [] }).strategy
  const engine = scan.engine.name === 'krr' ? `krr ${scan.engine.version}` : 'krr-mcp'
  const server = scan.prometheus.engine ?? 'Prometheus'
  const said = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  const demo = scan.cluster.source === 'live' ? '' : ` (${scan.cluster.source}, not a live cluster)`
  return markup`<header><h1>Right-sizing of ${scan.cluster.name}${demo}</h1><p>As of <b>${isoTime(scan.evaluatedAt * 1000)}</b>, scan ${scan.id}; usage from ${server} at ${scan.prometheus.origin}; computed by ${engine}. Times are UTC. Nothing was changed.</p><p class="small">Strategy ${strategyCommand(scan.strategy)}: ${said.join(', ')}.${windowText(scan)}</p></header>`
}

function windowText({ rows: [first] }: Scan): Markup {
  if (!first) return NOTHING
  const { windowSeconds, stepSeconds, points } = first.evidence.cpu
  return markup` A number rests on the ${hoursText(windowSeconds)} before that, a point every ${stepSeconds} s, and on ${points.required} points at least.`
}
