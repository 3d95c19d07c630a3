import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { malformed, replayProblem, tooLarge } from './replay-problem.ts'
import type { RecordingLimits } from './recording-limits.ts'
import type { ReplayProblem } from './replay-problem.ts'

/** Gives the lines of a compressed file one by one to `take`, until it has a problem. Nothing beyond the limits is read. */
export async function readLines(
  file: string,
  limits: RecordingLimits,
  take: Take,
): Promise<Result<true, ReplayProblem>> {
  try {
    // Without waiting: a pipe in the place of a file would never end, or never begin.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return failed(unreadable(file, 'it is no file'))
      if (stats.size > limits.file) return failed(fileTooLarge('the file', limits.file))
      const problem = await unpack(handle, limits, take)
      return problem ? failed(problem) : ok(true)
    } finally {
      await handle.close()
    }
  } catch (error) {
    return failed(readError(file, error))
  }
}

async function unpack(handle: FileHandle, limits: RecordingLimits, take: Take): Promise<ReplayProblem | undefined> {
  const lines = lineCollector(limits, take)
  const packed = handle.createReadStream({ autoClose: false, end: limits.file })
  let problem: ReplayProblem | undefined
  try {
    await pipeline(packed, createGunzip({ chunkSize: 2 ** 18 }), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) if ((problem = lines.add(chunk))) return
    })
  } catch (error) {
    // To stop early counts as a failure of the pipeline.
    if (!problem) throw error
  }
  return problem ?? (lines.isWithin() ? malformed('it ends within a line') : undefined)
}

type Take = (line: Uint8Array) => ReplayProblem | undefined
interface LineCollector {
  add(chunk: Buffer): ReplayProblem | undefined
  isWithin(): boolean
}
function lineCollector(limits: RecordingLimits, take: Take): LineCollector {
  let begun: Buffer[] = []
  let length = 0
  let total = 0
  const hold = (part: Buffer): ReplayProblem | undefined => {
    begun.push(part)
    length += part.length
    return length > limits.answer ? fileTooLarge('one of its answers', limits.answer) : undefined
  }
  return {
    isWithin: () => length > 0,
    add(chunk) {
      total += chunk.length
      if (total > limits.text) return fileTooLarge('what it unpacks to', limits.text)
      let from = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        const problem = hold(chunk.subarray(from, end + 1)) ?? take(Buffer.concat(begun))
        if (problem) return problem
        begun = []
        length = 0
        from = end + 1
      }
      return from < chunk.length ? hold(chunk.subarray(from)) : undefined
    },
  }
}
const NEWLINE = 10

const fileTooLarge = (what: string, most: number): ReplayProblem =>
  tooLarge(
    `${what} is more than ${Math.round(most / 2 ** 20)} MiB`,
    'Ask for a recording of fewer namespaces or workloads.',
  )

const unreadable = (file: string, why: string): ReplayProblem =>
  replayProblem(
    'recording_unreadable',
    `The recording ${plainText(file)} cannot be read: ${why}.`,
    'Check the name given with --replay, and that you may read the file.',
  )

function readError(file: string, error: unknown): ReplayProblem {
  const code: unknown = Reflect.get(Object(error), 'code')
  if (typeof code !== 'string') throw error
  // Of zlib: not compressed, damaged, or cut off.
  if (code.startsWith('Z_')) return malformed('its compression is damaged')
  const why = { ENOENT: 'there is none', EACCES: 'you may not', EISDIR: 'it is a folder' }[code]
  return unreadable(file, why ?? `the system says ${plainText(code, 40)}`)
}
