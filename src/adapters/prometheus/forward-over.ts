import { failed, ok } from '../../model/result.ts'
import type { ForwardQuery } from '../../ports/krr-engine.ts'
import type { QueryWay } from './query-way.ts'
import type { UsageOptions } from './prometheus-settings.ts'

/** One question of krr's, over the way that ours take; not asked again here, because krr does that itself. */
export function forwardOver(way: QueryWay, { params = {}, timeoutMs = 120_000 }: UsageOptions): ForwardQuery {
  const timeout = `${Math.max(1, Math.floor(timeoutMs / 1000))}s`
  return async (path, form, signal) => {
    const question = { path, params: { ...params, ...form, timeout }, signal }
    let answer = await way.ask(question)
    // The credential may only have been too old.
    if (answer.ok && answer.value.status === 401 && way.refused()) answer = await way.ask(question)
    return answer.ok ? ok(answer.value) : failed(answer.problem.problem)
  }
}
