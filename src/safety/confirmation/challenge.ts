import { scryptSync, timingSafeEqual } from 'node:crypto'
import type { Randomness } from '../../ports/randomness.ts'
import { WORDS } from './words.ts'

/** What a person must type, and what of it is stored. */
export interface Challenge {
  /** `3 production maple-river`: the count and the cluster show that the prompt was read, the words that it was this one. */
  readonly phrase: string
  readonly answerHash: string
  readonly salt: string
}

const pick = (high: number, low: number): string => WORDS[(high * 256 + low) % WORDS.length] ?? 'maple'
const normal = (typed: string): string => typed.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
const hash = (typed: string, salt: string): Buffer => scryptSync(normal(typed), Buffer.from(salt, 'hex'), 32)

/** The cluster as a person types it: what follows the last slash of long cloud names, without blanks, at most 40 characters. */
export function typedCluster(name: string): string {
  const last = name.split('/').at(-1) ?? name
  return last.replace(/[^A-Za-z0-9._@:-]+/g, '-').slice(0, 40)
}

/** Made when asked, so that an answer prepared beforehand, or for another question, is wrong. */
export function makeChallenge(
  about: { readonly count: number; readonly cluster: string },
  random: Randomness,
): Challenge {
  const [a = 0, b = 0, c = 0, d = 0, ...rest] = random.bytes(20)
  const phrase = `${about.count} ${typedCluster(about.cluster)} ${pick(a, b)}-${pick(c, d)}`
  const salt = Buffer.from(rest).toString('hex')
  return { phrase, salt, answerHash: hash(phrase, salt).toString('hex') }
}

/** Empty, blank, `true`, `yes` and everything else but the phrase itself is wrong. */
export function answers(typed: string, stored: { readonly answerHash: string; readonly salt: string }): boolean {
  // scrypt takes a text with NULs at its end for the text without them.
  if (typed.length > 200 || typed.includes('\0')) return false
  return timingSafeEqual(hash(typed, stored.salt), Buffer.from(stored.answerHash, 'hex'))
}
