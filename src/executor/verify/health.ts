import { fail, pass, wait, type Judged } from './judged.ts'
import type { Look } from './look.ts'
import { rolloutOf } from './rollout-of.ts'

/** Tier 2: the rollout is complete by the rules that kubectl applies. */
export function health({ workload }: Look): Judged {
  const { kind, message } = rolloutOf(workload)
  const sentence = `Rollout: ${message}.`
  if (kind === 'done') return pass(sentence)
  return kind === 'failed' ? fail('rollout_deadline', sentence) : wait(sentence, 'rollout_deadline')
}
