import { createHash } from 'node:crypto'
import type { Randomness } from '../../../../src/ports/randomness.ts'

/** Random to look at, the same in every run; two seeds share nothing. */
export function seededRandomness(seed: string): Randomness {
  let drawn = 0
  return {
    bytes(count) {
      const blocks: Buffer[] = []
      while (blocks.length * 32 < count)
        blocks.push(
          createHash('sha256')
            .update(`${seed} ${(drawn += 1)}`)
            .digest(),
        )
      return new Uint8Array(Buffer.concat(blocks).subarray(0, count))
    },
  }
}
