import { onTestFinished } from 'vitest'
import { directWay } from '../../../../src/adapters/prometheus/direct-way.ts'
import { prometheusUrl } from '../../../../src/adapters/prometheus/prometheus-url.ts'
import { failed, ok } from '../../../../src/model/result.ts'
import type { ForwardQuery } from '../../../../src/ports/krr-engine.ts'

/** krr's queries over our own transport to this Prometheus, until the test is over. */
export function forwardTo(prometheus: string): ForwardQuery {
  const url = prometheusUrl(prometheus)
  if (!url.ok) throw new Error(url.problem.message)
  const way = directWay(url.value, { url: prometheus })
  onTestFinished(() => way.close())
  return async (path, params, signal) => {
    const answer = await way.ask({ path, params, signal })
    return answer.ok ? ok(answer.value) : failed(answer.problem.problem)
  }
}
