import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { RangeSeries, RangeWindow, Sample, UsageProblem } from '../../ports/usage-reader.ts'
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
  const problem = await askEach(shards, session, async (selector) => {
    const answer = await session.ask(question.promql(selector))
    if (!answer.ok) return answer.problem
    for (const sample of answer.value) rows.push(question.keep(sample))
    return undefined
  })
  return problem ? failed(problem) : ok(rows)
}

/** The same for ranges; `take` is given every series. */
export async function askShardRanges(
  session: UsageSession,
  shards: readonly Shard[],
  question: RangeQuestion,
): Promise<UsageProblem | undefined> {
  return askEach(shards, session, async (selector) => {
    const answer = await session.askRange(question.promql(selector), question.window)
    if (!answer.ok) return answer.problem
    for (const series of answer.value) question.take(series)
    return undefined
  })
}
export interface RangeQuestion {
  readonly promql: (selector: string) => string
  readonly window: RangeWindow
  readonly take: (series: RangeSeries) => void
}

type Ask = (selector: string) => Promise<UsageProblem | undefined>
async function askEach(shards: readonly Shard[], session: UsageSession, ask: Ask): Promise<UsageProblem | undefined> {
  const problems = await Promise.all(shards.map((shard) => askOne(shard, session, ask)))
  return problems.find((problem) => problem !== undefined)
}

async function askOne(shard: Shard, session: UsageSession, ask: Ask): Promise<UsageProblem | undefined> {
  const problem = await ask(selectorOf(shard) + session.clusterMatcher)
  const parts = problem?.tooMuch ? halves(shard) : undefined
  if (!parts) return problem
  // One after the other: a server that choked on the whole is not given both halves at once.
  return (await askOne(parts[0], session, ask)) ?? (await askOne(parts[1], session, ask))
}
