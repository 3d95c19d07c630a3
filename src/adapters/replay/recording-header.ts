import * as z from 'zod'
import type { ClusterFingerprint } from '../../model/cluster.ts'
import type { Scope } from '../../model/observation.ts'
import type { ClusterLabel } from '../../model/recommendation.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import { unixSeconds, wallMillis } from '../../model/time.ts'
import type { UnixSeconds, WallMillis } from '../../model/time.ts'
import { LAST_SECOND, sentence, timeAs } from './base-schema.ts'
import { chosenSchema } from './chosen-schema.ts'
import { listOf } from './list-of.ts'
import { RECORDING_FORMAT, RECORDING_VERSION } from './recording-limits.ts'
import { scopeSchema } from './scope-schema.ts'

/** What a scan was asked for: a replay is asked for the same. */
export interface RecordedRequest {
  /** As it was asked for, before the scan fitted it to the server. */
  readonly chosen: ChosenStrategy
  readonly scope: Scope
  readonly evaluatedAt: UnixSeconds
  readonly takenAt: WallMillis
}
/** What a connection says about itself without being asked. */
export interface RecordedUsage {
  readonly origin: string
  readonly engine?: string
  readonly notes?: readonly string[]
  readonly clusterLabel?: ClusterLabel
}
/** The first line of a recording. */
export interface RecordingHeader {
  readonly format: typeof RECORDING_FORMAT
  readonly version: typeof RECORDING_VERSION
  readonly program: { readonly version: string }
  readonly request: RecordedRequest
  readonly cluster: { readonly name: string; readonly fingerprint: ClusterFingerprint }
  readonly usage: RecordedUsage
  /** How many lines follow: a file that was cut between two of them looks whole otherwise. */
  readonly answers: number
}

const word = z.string().max(1000)
const fingerprint = z.object({ kubeSystemUid: word, apiOrigin: sentence, caHash: word, serverVersion: word })

export const headerSchema: z.ZodType<RecordingHeader> = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal(RECORDING_VERSION),
  program: z.object({ version: word }),
  request: z.object({
    chosen: chosenSchema,
    scope: scopeSchema,
    evaluatedAt: timeAs(unixSeconds, LAST_SECOND),
    takenAt: timeAs(wallMillis, LAST_SECOND * 1000),
  }),
  cluster: z.object({ name: word, fingerprint }),
  usage: z.object({
    origin: sentence,
    engine: word.exactOptional(),
    notes: listOf(sentence).exactOptional(),
    clusterLabel: z.object({ name: word, value: word }).exactOptional(),
  }),
  answers: z.int().min(0),
})

/** Enough of the first line to tell a newer recording from something else. */
export const anyVersionSchema: z.ZodType<{ readonly version: number }> = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.int(),
})
