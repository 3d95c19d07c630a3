import type { Evidence, ResourceEvidence } from '../../model/recommendation.ts'
import { strategyCommand } from '../../model/strategy.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import type { KrrRow } from '../../ports/krr-engine.ts'
import { metricWindow } from '../metric-window.ts'

export interface KrrSaid {
  readonly version: string
  readonly chosen: ChosenStrategy
}

/** All that can be said about a number of krr's: who computed it, and with which settings. krr tells no more. */
export function krrEvidence(row: KrrRow, said: KrrSaid): Evidence {
  return { cpu: evidence('CPU', row.info.cpu, said), memory: evidence('memory', row.info.memory, said) }
}

function evidence(name: string, info: string | null, { version, chosen }: KrrSaid): ResourceEvidence {
  const { historyHours, timeframeMinutes, pointsRequired } = chosen.settings
  const { seconds, stepSeconds } = metricWindow(historyHours, timeframeMinutes)
  const what = info === null ? `computed this ${name} value` : `says “${info}” about ${name}`
  return {
    queries: [],
    windowSeconds: seconds,
    stepSeconds,
    points: { counted: 0, windowSeconds: seconds, required: pointsRequired },
    perPod: [],
    rule: `krr ${version} ${what}, with the strategy ${strategyCommand(chosen.strategy)} (${settingsText(chosen)}). krr does not say what it saw; --engine native does.`,
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
