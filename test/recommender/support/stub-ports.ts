import type { ScanId } from '../../../src/model/ids.ts'
import type { ObservedContainer } from '../../../src/model/observation.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import { unixSeconds, wallMillis } from '../../../src/model/time.ts'
import type { ScanReader } from '../../../src/ports/cluster-reader.ts'
import type { RangeSeries, Sample, UsageProblem, UsageReader } from '../../../src/ports/usage-reader.ts'
import type { ScanRequest } from '../../../src/recommender/scan-request.ts'
import { simpleWith } from './chosen.ts'

export const AT = unixSeconds(1_793_491_200)

export const request = (more: Partial<ScanRequest> = {}): ScanRequest => ({
  id: 's-test' as ScanId,
  cluster: {
    name: 'test',
    source: 'live',
    fingerprint: { kubeSystemUid: 'u', apiOrigin: 'https://api', caHash: 'system', serverVersion: 'v1' },
  },
  chosen: simpleWith(),
  scope: { namespaces: [], kinds: [] },
  evaluatedAt: AT,
  takenAt: wallMillis(AT * 1000),
  ...more,
})

/** A cluster with these containers and nothing else. */
export const clusterOf = (containers: readonly ObservedContainer[], more: Partial<ScanReader> = {}): ScanReader => ({
  fingerprint: () => Promise.resolve(ok(request().cluster.fingerprint)),
  workloads: () => Promise.resolve(ok({ containers, unread: [] })),
  autoscalers: () => Promise.resolve(ok([])),
  pods: () => Promise.resolve(ok([])),
  ...more,
})

/** A server that answers by what a query contains: the first fragment found wins; nothing matches: no rows. */
export function usageOf(
  answers: Readonly<Record<string, readonly Sample[] | UsageProblem>>,
  series: readonly RangeSeries[] = [],
): UsageReader & { readonly asked: readonly string[] } {
  const asked: string[] = []
  return {
    origin: 'http://prometheus',
    asked,
    instant: (promql) => {
      asked.push(promql)
      return Promise.resolve(answerOf(promql, answers))
    },
    range: (promql) => {
      asked.push(promql)
      return Promise.resolve(ok(series))
    },
  }
}

type Answers = Readonly<Record<string, readonly Sample[] | UsageProblem>>
function answerOf(promql: string, answers: Answers): Result<readonly Sample[], UsageProblem> {
  const together = questionsOf(promql)
  if (together.length === 0) {
    const [, answer = []] = Object.entries(answers).find(([fragment]) => promql.includes(fragment)) ?? []
    return 'reason' in answer ? failed(answer) : ok(answer)
  }
  const rows: Sample[] = []
  for (const [question, tag] of together) {
    const answer = answerOf(question, answers)
    if (!answer.ok) return answer
    rows.push(...answer.value.map(({ labels, value }) => ({ labels: { ...labels, question: tag }, value })))
  }
  return ok(rows)
}

/** The questions that are asked together, each with its tag; none where it is one alone. */
export function questionsOf(promql: string): readonly (readonly [question: string, tag: string])[] {
  const pieces = promql.split(/, "question", "(q\d+)", "", ""\)(?: or )?/)
  return Array.from(
    { length: (pieces.length - 1) / 2 },
    (_, at) => [pieces[2 * at] ?? '', pieces[2 * at + 1] ?? ''] as const,
  )
}

export const sample = (value: number, labels: Sample['labels']): Sample => ({ value, labels })
