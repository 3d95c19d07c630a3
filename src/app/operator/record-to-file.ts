import { problem } from '../../model/problem.ts'
import type { Scan } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { RecordedScan, Recordings, WrittenRecording } from '../../ports/recordings.ts'
import { scanCluster, type ScanRequest } from '../agent/scan.ts'
import type { AppPorts } from '../common/app-ports.ts'

export interface RecordedResult {
  /** A scan that failed is worth a recording, too: its replay fails in the same way. */
  readonly scan: Result<Scan>
  readonly written: WrittenRecording
}

/** A scan, and everything that it was answered in a file. */
export async function recordToFile(
  request: ScanRequest,
  { file, recordings }: { readonly file: string; readonly recordings: Recordings },
  ports: AppPorts,
): Promise<Result<RecordedResult>> {
  if (ports.krr) {
    const message = 'A scan that krr computes cannot be recorded: krr reads the cluster by itself.'
    return failed(problem('bad_setting', message, 'Record with --engine native.'))
  }
  const recorder = recordings.begin()
  const may = await recorder.mayWrite(file)
  if (!may.ok) return may
  let about: RecordedScan | undefined
  const scan = await scanCluster(
    {
      ...request,
      through: (read, what) => {
        about = what
        return recorder.through(read)
      },
    },
    ports,
  )
  // It ended before anything was read: there is nothing to put into a file.
  if (!about) return scan.ok ? failed(nothingRead) : scan
  if (!scan.ok && scan.problem.reason === 'cancelled') return scan
  const written = await recorder.write(file, about)
  return written.ok ? ok({ scan, written: written.value }) : written
}

const nothingRead = problem('recording_unwritable', 'The scan read nothing.', 'Scan without --record.')
