import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrAnswer, KrrProblem } from '../../ports/krr-engine.ts'
import { krrProblem } from './krr-problem.ts'
import type { Gateway } from './open-gateway.ts'
import { parseKrrJson } from './parse-krr-json.ts'
import { rowOfScan } from './row-of-scan.ts'

export interface AnswerContext {
  readonly version: string
  readonly gateway: Pick<Gateway, 'asked' | 'lost'>
  /** A kubeconfig or a context was named. */
  readonly chosen: boolean
}

/** What krr printed, checked, with what the gateway knows about how it came about. */
export function answerOf(stdout: string, { version, gateway, chosen }: AnswerContext): Result<KrrAnswer, KrrProblem> {
  const json = parseKrrJson(stdout)
  if (!json.ok) return json
  const { scans, score, clusterSummary, errors, config } = json.value
  // It falls back to the cluster around it when it cannot find what it was told to use: rows of another cluster.
  if (config?.inside_cluster === true && chosen) return failed(otherCluster())
  return ok({
    version,
    rows: scans.map(rowOfScan),
    score,
    clusterSummary,
    errors: errors.map(({ name, retry_after: after }) =>
      after === undefined ? { name } : { name, retry_after: after },
    ),
    queries: gateway.asked(),
    lost: gateway.lost(),
  })
}

const otherCluster = (): KrrProblem =>
  krrProblem(
    'krr_bad_context',
    'krr scanned the cluster it runs in, not the one it was told to',
    'check --context and --kubeconfig; `kubectl config get-contexts` lists what there is',
  )
