import type { Result } from '../../model/result.ts'

/** Does the work at the first call and remembers a success; a failure is tried again, because people mend things. */
export function once<Value>(work: () => Promise<Result<Value>>): () => Promise<Result<Value>> {
  let running: Promise<Result<Value>> | undefined
  return async () => {
    running ??= work()
    const result = await running
    if (!result.ok) running = undefined
    return result
  }
}
