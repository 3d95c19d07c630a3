import type { Cluster } from '../../model/cluster.ts'
import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { checkLine, jsonOf, whatIsWrong } from './answer-line.ts'
import type { ReadLine } from './answer-line.ts'
import { readLines } from './read-lines.ts'
import { anyVersionSchema, headerSchema } from './recording-header.ts'
import type { RecordedRequest, RecordingHeader } from './recording-header.ts'
import { RECORDING_LIMITS, RECORDING_VERSION } from './recording-limits.ts'
import type { RecordingLimits } from './recording-limits.ts'
import { malformed, replayProblem } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'
import { replayPorts } from './replay-ports.ts'
import type { ReplayPorts } from './replay-ports.ts'

export interface ReplayedScan extends ReplayPorts {
  readonly request: RecordedRequest
  /** Its source is `replay`: nothing can be planned from such a scan. */
  readonly cluster: Cluster & { readonly source: 'replay' }
  /** The version of the program that recorded it. */
  readonly recordedWith: string
}

/**
 * Opens a recording. Everything in it is checked before anything is answered from it. A scan must be told by `missing()`
 * afterwards: it goes on without some answers on a live cluster, and must not on a recording that lacks them.
 */
export async function openReplay(
  file: string,
  limits: RecordingLimits = RECORDING_LIMITS,
): Promise<Result<ReplayedScan, ReplayProblem>> {
  const reading = recordingReader()
  const read = await readLines(file, limits, (line) => reading.take(line))
  if (!read.ok) return read
  const whole = reading.done()
  if (!whole.ok) return whole
  const { header, lines } = whole.value
  const { request, cluster, usage, program } = header
  const recordedWith = plainText(program.version, 40)
  return ok({
    ...replayPorts({ fingerprint: cluster.fingerprint, usage, recordedWith, lines }),
    request,
    cluster: { name: cluster.name, source: 'replay', fingerprint: cluster.fingerprint },
    recordedWith,
  })
}

type Lines = Map<string, { readonly question: ReadLine['question']; readonly line: Uint8Array }>
interface RecordingReader {
  take(line: Uint8Array): ReplayProblem | undefined
  done(): Result<{ readonly header: RecordingHeader; readonly lines: Lines }, ReplayProblem>
}
function recordingReader(): RecordingReader {
  let header: RecordingHeader | undefined
  const lines: Lines = new Map()
  return {
    take(line) {
      if (!header) {
        const first = readHeader(line)
        if (!first.ok) return first.problem
        header = first.value
        return undefined
      }
      const one = checkLine(line)
      if (!one.ok) return one.problem
      const { key, question } = one.value
      // Which of the two would be the answer?
      if (lines.has(key)) return malformed('it answers the same question twice')
      lines.set(key, { question, line })
      return undefined
    },
    done() {
      if (!header) return failed(malformed('it is empty'))
      const { answers } = header
      if (lines.size !== answers) return failed(malformed(`it has ${lines.size} answers and should have ${answers}`))
      return ok({ header, lines })
    },
  }
}

function readHeader(line: Uint8Array): Result<RecordingHeader, ReplayProblem> {
  const json = jsonOf(line)
  const any = anyVersionSchema.safeParse(json)
  if (!any.success) return failed(malformed('its first line is not that of one'))
  if (any.data.version !== RECORDING_VERSION) return failed(otherVersion(any.data.version))
  const read = headerSchema.safeParse(json)
  return read.success ? ok(read.data) : failed(malformed(`its first line ${whatIsWrong(read.error)}`))
}

const otherVersion = (version: number): ReplayProblem =>
  replayProblem(
    'recording_version',
    `The recording has format ${version}; this krr-mcp reads format ${RECORDING_VERSION}.`,
    `Replay it with the version of krr-mcp that made it, or a ${version > RECORDING_VERSION ? 'newer' : 'older'} one.`,
  )
