import type { Problem } from '../../../model/problem.ts'
import { failed } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'

const MOST = 4

/**
 * For one reading of many lists: when several requests in a row have failed because nobody answers, or nobody knows us, the rest
 * is not asked either. Each had its own retries and time limits; hundreds of them one after the other would be a hang.
 */
export function givingUp(inner: ApiTransport): ApiTransport {
  let inARow = 0
  let last: Problem | undefined
  return {
    send: async (request) => {
      if (last && inARow >= MOST) return failed(last)
      const answer = await inner.send(request)
      last = answer.ok || !isHopeless(answer.problem) ? undefined : answer.problem
      inARow = last ? inARow + 1 : 0
      return answer
    },
    close: () => inner.close(),
  }
}

const isHopeless = ({ reason }: Problem): boolean =>
  reason === 'api_unreachable' || reason === 'api_unauthorized' || reason === 'credential_failed'
