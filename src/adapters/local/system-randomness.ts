import { randomBytes } from 'node:crypto'
import type { Randomness } from '../../ports/randomness.ts'

export const systemRandomness: Randomness = Object.freeze({
  bytes: (count: number) => new Uint8Array(randomBytes(count)),
})
