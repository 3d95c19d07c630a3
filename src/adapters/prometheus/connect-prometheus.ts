import type { Result } from '../../model/result.ts'
import { ok } from '../../model/result.ts'
import { directWay } from './direct-way.ts'
import type { PrometheusSettings } from './prometheus-settings.ts'
import { prometheusUrl } from './prometheus-url.ts'
import { usageOver, type PrometheusConnection } from './usage-over.ts'

export type { PrometheusConnection, PrometheusSettings }

/** A connection to the query API at the address that the operator named. Nothing is sent before the first query. */
export function connectPrometheus(settings: PrometheusSettings): Result<PrometheusConnection> {
  const url = prometheusUrl(settings.url)
  return url.ok ? ok(usageOver(directWay(url.value, settings), settings)) : url
}
