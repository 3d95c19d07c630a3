import type { Entry } from '../../journal/entry.ts'
import { ok, type Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'

/** Every entry, the oldest first. */
export const listAudit = ({ journal }: Pick<AppPorts, 'journal'>): Promise<Result<readonly Entry[]>> =>
  journal.entries(0)

export interface Verified {
  readonly verdict: 'consistent'
  readonly entries: number
  readonly head: string
  readonly payloads: number
}

/** Reads the whole journal again: every hash, every step, every payload. The first thing that is wrong is the problem. */
export async function verifyAudit({ journal }: Pick<AppPorts, 'journal'>): Promise<Result<Verified>> {
  const state = await journal.reread()
  if (!state.ok) return state
  const entries = await journal.entries(0)
  if (!entries.ok) return entries
  const hashes = new Set(entries.value.flatMap((entry) => entry.payload ?? []))
  for (const hash of hashes) {
    const payload = await journal.payload(hash)
    if (!payload.ok) return payload
  }
  return ok({
    verdict: 'consistent',
    entries: entries.value.length,
    head: state.value.head.hash,
    payloads: hashes.size,
  })
}
