import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { Sample, UsageProblem } from '../../ports/usage-reader.ts'
import type { UsageSession } from '../usage-session.ts'
import { halves, selectorOf } from './shard.ts'
import type { Shard } from './shard.ts'

export interface ShardQuestion<Row> {
  /** By the matchers of a shard. */
  readonly promql: (selector: string) => string
  /** What is kept of each row: whole label sets of a large cluster would fill the memory. */
  readonly keep: (sample: Sample) => Row
}

/** Asks the same of every shard. A shard that is too much for the server is asked in halves. */
export async function askShards<Row>(
  session: UsageSession,
  shards: readonly Shard[],
  question: ShardQuestion<Row>,
): Promise<Result<readonly Row[], UsageProblem>> {
  const rows: Row[] = []
  const take = (samples: readonly Sample[]): void => samples.forEach((sample) => rows.push(question.keep(sample)))
  const problems = await Promise.all(shards.map((shard) => askOne(shard, { session, promql: question.promql, take })))
  const found = problems.find((problem) => problem !== undefined)
  return found ? failed(found) : ok(rows)
}

interface Asking {
  readonly session: UsageSession
  readonly promql: (selector: string) => string
  readonly take: (samples: readonly Sample[]) => void
}
async function askOne(shard: Shard, asking: Asking): Promise<UsageProblem | undefined> {
  const answer = await asking.session.ask(asking.promql(selectorOf(shard) + asking.session.clusterMatcher))
  if (answer.ok) {
    asking.take(answer.value)
    return undefined
  }
  const parts = answer.problem.tooMuch ? halves(shard) : undefined
  if (!parts) return answer.problem
  // One after the other: a server that choked on the whole is not given both halves at once.
  return (await askOne(parts[0], asking)) ?? (await askOne(parts[1], asking))
}
