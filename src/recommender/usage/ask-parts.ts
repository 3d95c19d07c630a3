import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { partOf } from '../promql/tagged-union.ts'
import type { UsageSession } from '../usage-session.ts'
import { askShards } from './ask-shards.ts'
import { readingOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Shard } from './shard.ts'

/** Readings by the expression of a tagged union that they come from. */
export interface ReadingsByPart {
  readonly of: (part: string) => readonly Reading[]
}

export async function askParts(
  session: UsageSession,
  shards: readonly Shard[],
  promql: (selector: string) => string,
): Promise<Result<ReadingsByPart, UsageProblem>> {
  const parts = new Map<string, Reading[]>()
  const answer = await askShards(session, shards, {
    promql,
    keep: (sample) => {
      const part = partOf(sample)
      const known = parts.get(part)
      if (known) known.push(readingOf(sample))
      else parts.set(part, [readingOf(sample)])
    },
  })
  return answer.ok ? ok({ of: (part) => parts.get(part) ?? [] }) : answer
}
