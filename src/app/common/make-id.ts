import { ID_ALPHABET, type ExecutionId, type PlanId, type ScanId } from '../../model/ids.ts'
import type { Randomness } from '../../ports/randomness.ts'

const LENGTH = 4

/** Four characters that nobody has yet; more when the short ones run out. */
function unused(prefix: string, taken: ReadonlyMap<string, unknown>, random: Randomness): string {
  for (let length = LENGTH; ; length += 1)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const id = prefix + Array.from(random.bytes(length), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('')
      if (!taken.has(id)) return id
    }
}

export const makeScanId = (taken: ReadonlyMap<ScanId, unknown>, random: Randomness): ScanId =>
  unused('s-', taken, random) as ScanId
export const makePlanId = (taken: ReadonlyMap<PlanId, unknown>, random: Randomness): PlanId =>
  unused('p-', taken, random) as PlanId
export const makeExecutionId = (taken: ReadonlyMap<ExecutionId, unknown>, random: Randomness): ExecutionId =>
  unused('x-', taken, random) as ExecutionId
