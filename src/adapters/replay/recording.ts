import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { answerOfLine, writeLine } from './answer-line.ts'
import { questionText } from './question.ts'
import type { Answers, Method, Question, QuestionOf } from './question.ts'
import { RECORDING_LIMITS } from './recording-limits.ts'
import type { RecordingLimits } from './recording-limits.ts'
import { tooLarge, unrecordable } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'

/** What was answered during one scan. Packed answer by answer: as text, a large cluster's would fill the memory. */
export interface Recording {
  /** Asks, keeps the answer and passes it on. Asked again, the first answer is given again: a replay knows no other. */
  keep<Name extends Method>(question: QuestionOf<Name>, ask: () => Promise<Answers[Name]>): Promise<Answers[Name]>
  /** In the order of their questions, each a gzip member with one line. */
  packed(): Promise<Result<readonly Uint8Array[], ReplayProblem>>
}

const pack = promisify<Uint8Array, Uint8Array>(gzip)
const unpack = promisify<Uint8Array, Uint8Array>(gunzip)

/** An empty recording, for one scan. */
export function newRecording(limits: RecordingLimits = RECORDING_LIMITS): Recording {
  const kept = new Map<string, Promise<Uint8Array | undefined>>()
  let text = 0
  let fault: ReplayProblem | undefined
  // Without one of its answers a recording would only mislead: it is given up as a whole, and the scan goes on.
  const giveUp = (why: ReplayProblem): undefined => {
    fault ??= why
    kept.clear()
  }
  const packLine = async (line: Result<Uint8Array, ReplayProblem>): Promise<Uint8Array | undefined> => {
    if (!line.ok) return giveUp(line.problem)
    text += line.value.length
    if (line.value.length > limits.answer || text > limits.text) return giveUp(tooMuch(limits))
    return await pack(line.value)
  }
  return {
    async keep(question, ask) {
      if (fault) return await ask()
      const key = keyOf(question)
      if (key === undefined) giveUp(unrecordable(`a question for ${question.method} has parts of no known form`))
      if (key === undefined) return await ask()
      const before = kept.get(key)
      if (before) {
        const packed = await before
        return packed ? answerOfLine(question.method, await unpack(packed)) : await ask()
      }
      const asked = ask()
      const keeping = asked.then((answer) => (isCancelled(answer) ? undefined : packLine(writeLine(question, answer))))
      // Whoever asked first is told of a failure by `asked`; nobody else has a use for it.
      const settled = keeping.catch(() => undefined)
      kept.set(key, settled)
      const answer = await asked
      await settled
      return answer
    },
    async packed() {
      const inOrder = [...kept].toSorted(([one], [other]) => (one < other ? -1 : 1))
      const all = await Promise.all(inOrder.map(([, packed]) => packed))
      return fault ? failed(fault) : ok(all.filter((packed) => packed !== undefined))
    },
  }
}

function keyOf(question: Question): string | undefined {
  try {
    return questionText(question)
  } catch {
    return undefined
  }
}

/** Says when somebody lost patience, and nothing about the cluster. */
const isCancelled = (answer: Answers[Method]): boolean => !answer.ok && answer.problem.reason === 'cancelled'

const tooMuch = ({ text, answer }: RecordingLimits): ReplayProblem =>
  tooLarge(
    `the answers of this scan are more than ${text / 2 ** 20} MiB in all, or one is more than ${answer / 2 ** 20} MiB`,
    'Record a scan of fewer namespaces or workloads, or of a shorter history: those whose numbers are wrong are enough.',
  )
