import type { ClusterFingerprint } from '../../model/cluster.ts'
import { failed, ok } from '../../model/result.ts'
import { answerOfLine } from './answer-line.ts'
import { questionText } from './question.ts'
import type { Answers, Method, Question, QuestionOf } from './question.ts'
import type { RecordedUsage } from './recording-header.ts'
import type { ReadPorts } from './recording-ports.ts'
import { asUsageProblem, replayProblem } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'
import { whatDiffers } from './what-differs.ts'

/** The lines of a recording, by question; they were checked. */
export interface RecordedAnswers {
  readonly fingerprint: ClusterFingerprint
  readonly usage: RecordedUsage
  /** The version of the program that recorded them. */
  readonly recordedWith: string
  readonly lines: ReadonlyMap<string, { readonly question: Question; readonly line: Uint8Array }>
}
export interface ReplayPorts {
  readonly ports: ReadPorts
  /** The first question that was not recorded. */
  readonly missing: () => ReplayProblem | undefined
}

/** Readers that know what was recorded and nothing else. They reach no network. */
export function replayPorts(recorded: RecordedAnswers): ReplayPorts {
  let missing: ReplayProblem | undefined
  async function answer<Name extends Method>(question: QuestionOf<Name>): Promise<Answers[Name] | NotRecorded> {
    const found = recorded.lines.get(questionText(question))
    if (found) return answerOfLine(question.method, found.line)
    // Never an empty answer: that would read like a finding about the cluster.
    const why = notInRecording(question, recorded)
    missing ??= why
    return failed(asUsageProblem(why))
  }
  const { origin, engine, notes, clusterLabel } = recorded.usage
  const ports: ReadPorts = {
    cluster: {
      fingerprint: async () => ok(recorded.fingerprint),
      workloads: (scope) => answer({ method: 'workloads', scope }),
      autoscalers: (scope) => answer({ method: 'autoscalers', scope }),
      pods: (query) => answer({ method: 'pods', query }),
    },
    usage: {
      origin,
      ...(engine === undefined ? {} : { engine }),
      ...(notes === undefined ? {} : { notes }),
      ...(clusterLabel === undefined ? {} : { clusterLabel }),
      instant: (promql, at) => answer({ method: 'instant', promql, at }),
      range: (promql, window) => answer({ method: 'range', promql, window }),
    },
  }
  return { ports, missing: () => missing }
}
type NotRecorded = ReturnType<typeof failed<ReturnType<typeof asUsageProblem>>>

const WORDS: Readonly<Record<Method, string>> = {
  workloads: 'the list of workloads',
  autoscalers: 'the list of autoscalers',
  pods: 'the list of pods',
  instant: 'a query',
  range: 'a range query',
}
function notInRecording(question: Question, { lines, recordedWith }: RecordedAnswers): ReplayProblem {
  const known = [...lines.values()].map((one) => one.question)
  return replayProblem(
    'not_in_recording',
    `The recording, made by krr-mcp ${recordedWith}, has no answer for ${WORDS[question.method]}: ${whatDiffers(question, known)}.`,
    'Replay it with nothing but --replay, so that the settings are those of the recording, and with the version that made it; or record anew.',
  )
}
