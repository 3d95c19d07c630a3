import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import * as z from 'zod'
import type { Cluster } from '../../model/cluster.ts'
import { PRODUCT_VERSION } from '../../model/product.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { whatIsWrong } from './answer-line.ts'
import { headerSchema } from './recording-header.ts'
import type { RecordedRequest, RecordedUsage, RecordingHeader } from './recording-header.ts'
import { RECORDING_FORMAT, RECORDING_LIMITS, RECORDING_VERSION } from './recording-limits.ts'
import type { Recording } from './recording.ts'
import { tooLarge, unrecordable } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'
import { writeNewFile } from './write-new-file.ts'

/** What was scanned, as it was asked for: a scan's own settings are already fitted to the server. */
export interface RecordedScan extends RecordedRequest {
  readonly cluster: Pick<Cluster, 'name' | 'fingerprint'>
  readonly usage: RecordedUsage
}
export interface WrittenRecording {
  readonly file: string
  /** On disk. */
  readonly bytes: number
  readonly answers: number
}

const pack = promisify<Uint8Array, Uint8Array>(gzip)

/** Writes a recording to a new file, also that of a scan that failed: its replay fails in the same way. */
export async function writeRecording(
  file: string,
  about: RecordedScan,
  recording: Recording,
): Promise<Result<WrittenRecording, ReplayProblem>> {
  const answers = await recording.packed()
  if (!answers.ok) return answers
  const header = z.safeEncode(headerSchema, headerOf(about, answers.value.length))
  if (!header.success) return failed(unrecordable(`what was scanned ${whatIsWrong(header.error)}`))
  const parts = [await pack(Buffer.from(`${JSON.stringify(header.data)}\n`)), ...answers.value]
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  if (bytes > RECORDING_LIMITS.file) {
    const most = RECORDING_LIMITS.file / 2 ** 20
    return failed(
      tooLarge(`the file would be more than ${most} MiB`, 'Record a scan of fewer namespaces or workloads.'),
    )
  }
  const written = await writeNewFile(file, parts)
  return written.ok ? ok({ file, bytes, answers: answers.value.length }) : written
}

const headerOf = (about: RecordedScan, answers: number): RecordingHeader => ({
  format: RECORDING_FORMAT,
  version: RECORDING_VERSION,
  program: { version: PRODUCT_VERSION },
  request: {
    chosen: about.chosen,
    scope: about.scope,
    evaluatedAt: about.evaluatedAt,
    takenAt: about.takenAt,
  },
  cluster: { name: about.cluster.name, fingerprint: about.cluster.fingerprint },
  usage: about.usage,
  answers,
})
