import type { Evidence, ResourceEvidence } from '../../model/recommendation.ts'
import { strategyCommand } from '../../model/strategy.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import type { KrrRow, LostQuery } from '../../ports/krr-engine.ts'
import { metricWindow } from '../metric-window.ts'

export interface KrrSaid {
  readonly version: string
  readonly chosen: ChosenStrategy
  readonly lost: readonly LostQuery[]
}

/** All that can be said about a number of krr's: who computed it, and with which settings. krr tells no more. */
export function krrEvidence(row: KrrRow, said: KrrSaid): Evidence {
  const of = (name: string, info: string | null, metric: string): ResourceEvidence => {
    const lost = said.lost.find(({ promql }) => isAbout(promql, row) && promql.includes(metric))
    return evidence(ruleOf(name, info, { ...said, lost: lost ? [lost] : [] }), said.chosen)
  }
  return {
    cpu: of('CPU', row.info.cpu, 'container_cpu_usage_seconds_total'),
    memory: of('memory', row.info.memory, 'container_memory_working_set_bytes'),
  }
}

const isAbout = (promql: string, { namespace, container }: KrrRow): boolean =>
  promql.includes(`namespace="${namespace}"`) && promql.includes(`container="${container}"`)

function ruleOf(name: string, info: string | null, { version, chosen, lost }: KrrSaid): string {
  const what = info === null ? `computed this ${name} value` : `says “${info}” about ${name}`
  const settings = `with the strategy ${strategyCommand(chosen.strategy)} (${settingsText(chosen)})`
  // krr takes a query that failed for missing data.
  const failures = lost.map(({ why }) => ` A query of krr's for such a container failed: ${why}.`)
  return `krr ${version} ${what}, ${settings}.${failures.join('')} krr does not say what it saw; --engine native does.`
}

function evidence(rule: string, { settings }: ChosenStrategy): ResourceEvidence {
  const { seconds, stepSeconds } = metricWindow(settings.historyHours, settings.timeframeMinutes)
  return {
    queries: [],
    windowSeconds: seconds,
    stepSeconds,
    points: { counted: 0, windowSeconds: seconds, required: settings.pointsRequired },
    perPod: [],
    rule,
  }
}

function settingsText(chosen: ChosenStrategy): string {
  const { settings } = chosen
  const parts = [
    `history ${settings.historyHours} h`,
    `a point every ${settings.timeframeMinutes} min`,
    ...cpuText(chosen),
    `memory buffer ${settings.memoryBufferPercentage} %`,
    `at least ${settings.pointsRequired} points`,
    ...(settings.allowHpa ? ['autoscalers not considered'] : []),
    ...(settings.useOomkillData ? [`OOM kills considered with ${settings.oomMemoryBufferPercentage} %`] : []),
    `minimums ${settings.cpuMin} millicores and ${settings.memoryMin} MiB`,
  ]
  return parts.join(', ')
}

function cpuText(chosen: ChosenStrategy): readonly string[] {
  switch (chosen.strategy) {
    case 'simple':
    case 'usage_aware':
      return [`CPU percentile ${chosen.settings.cpuPercentile}`]
    case 'simple_limit':
      return [`CPU request percentile ${chosen.settings.cpuRequest}`, `limit percentile ${chosen.settings.cpuLimit}`]
  }
}
