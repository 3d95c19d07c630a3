import { digestOf } from '../../model/hash.ts'
import type { Engine, Scan } from '../../model/recommendation.ts'
import { strategyCommand } from '../../model/strategy.ts'

/** Where two scans were not made alike, in sentences: then values move for that reason alone. */
export function unlikeScans(before: Scan, after: Scan): readonly string[] {
  return [
    ...unlike('strategy', strategyCommand(before.strategy), strategyCommand(after.strategy)),
    ...unlikeSettings(before, after),
    ...unlike('engine', engineText(before.engine), engineText(after.engine)),
    ...unlike('compatibility', before.compat, after.compat),
    ...(digestOf(before.scope) === digestOf(after.scope)
      ? []
      : ['The two scans looked at different parts of the cluster: rows may be new or gone for that reason.']),
    ...unlike('source of the metrics', before.prometheus.origin, after.prometheus.origin),
  ]
}

/** Of a setting that only one strategy has, the strategy says enough. */
function unlikeSettings({ settings: before }: Scan, { settings: after }: Scan): readonly string[] {
  const now = new Map<string, unknown>(Object.entries(after))
  return Object.entries(before).flatMap(([name, value]) =>
    now.has(name) ? unlike(`setting ${name}`, String(value), String(now.get(name))) : [],
  )
}

const unlike = (what: string, before: string, after: string): readonly string[] =>
  before === after ? [] : [`The ${what} was ${before}, and is ${after} now.`]

const engineText = (engine: Engine): string => (engine.name === 'krr' ? `krr ${engine.version}` : 'native')
