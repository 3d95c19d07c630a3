import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { Sample, UsageProblem } from '../ports/usage-reader.ts'
import { taggedUnion } from './promql/tagged-union.ts'
import type { UsageSession } from './usage-session.ts'

const TAG = 'question'
type Answer = Result<readonly Sample[], UsageProblem>

/**
 * The same session; the first of these questions that is asked brings the answers to all of them in one query. For small
 * clusters, where the way there takes longer than the answer. Where it is too much for the server, all learn of it, and
 * each goes on by itself, in halves.
 */
export function askTogether(session: UsageSession, questions: readonly string[]): UsageSession {
  if (questions.length < 2) return session
  let asked: Promise<ReadonlyMap<string, Answer>> | undefined
  return {
    ...session,
    ask: async (promql) => {
      if (!questions.includes(promql)) return session.ask(promql)
      asked ??= askAll(session, questions)
      return (await asked).get(promql) ?? session.ask(promql)
    },
  }
}

async function askAll(session: UsageSession, questions: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const tagged = Object.fromEntries(questions.map((promql, index) => [`q${index}`, promql] as const))
  const answer = await session.ask(taggedUnion(tagged, TAG))
  if (!answer.ok) return new Map(questions.map((promql) => [promql, answer] as const))
  const rows = Map.groupBy(answer.value, ({ labels }) => labels[TAG] ?? '')
  return new Map(questions.map((promql, index) => [promql, ok((rows.get(`q${index}`) ?? []).map(untagged))] as const))
}

function untagged({ labels: { [TAG]: _tag, ...labels }, value }: Sample): Sample {
  return { labels, value }
}
