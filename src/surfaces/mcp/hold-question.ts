import type { ServerContext } from '@modelcontextprotocol/server'
import type { ConfirmationOutcome } from '../../app/agent/confirmation-outcome.ts'
import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Result } from '../../model/result.ts'
import type { Clock } from '../../ports/clock.ts'
import { askWithinCall } from './ask-within-call.ts'
import { judgeAnswer } from './judge-answer.ts'
import { tellProgress } from './tell-progress.ts'

/** As long as a question is open. */
const LONGEST_MS = 300_000

/** Aborts when the longest time is over, unless `ended` comes first. */
function limitOf(clock: Clock, ended: AbortSignal): AbortSignal {
  const limit = new AbortController()
  void clock.sleep(LONGEST_MS, ended).then(() => {
    if (!ended.aborted) limit.abort()
  })
  return limit.signal
}

/**
 * Carries a question to its end within a 2025-era call: asks, judges, asks again after a slip, with progress all the
 * while. When the client gives up or the time is over, the question is closed and nothing is approved.
 */
export async function holdQuestion(
  asked: ConfirmationOutcome & { readonly kind: 'ask' },
  ctx: ServerContext,
  ports: AppPorts,
): Promise<Result<ConfirmationOutcome>> {
  const ended = new AbortController()
  const limit = limitOf(ports.clock, ended.signal)
  void tellProgress(ctx, ports.clock, ended.signal)
  const { question, message, view } = asked
  try {
    let shown = message
    for (;;) {
      const answer = await askWithinCall(shown, ctx, limit)
      const outcome = await judgeAnswer({ plan: view.plan.id, question, answer, message }, ports)
      if (!outcome.ok || outcome.value.kind !== 'ask') return outcome
      shown = outcome.value.message
    }
  } finally {
    ended.abort()
  }
}
