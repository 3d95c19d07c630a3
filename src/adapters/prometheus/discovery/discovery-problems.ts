import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { candidateName, candidateSetting, type Candidate } from './candidate.ts'
import { ENGINES, type Engine } from './engines.ts'

/** A candidate that did not answer. */
export interface Silent {
  readonly name: string
  readonly problem: Problem
}
/** What discovery saw without finding one that answers. */
export interface Looked {
  readonly silent: Silent[]
  /** Lists that could not be read. */
  readonly unread: Problem[]
}

const MOST_NAMED = 8

/** Several of one engine: each with the setting that names it. */
export function ambiguous(engine: Engine, candidates: readonly Candidate[], inCluster: boolean): Problem {
  const shown = candidates.slice(0, MOST_NAMED)
  const names = shown.map((each) => plainText(candidateName(each), 200)).join(', ')
  const more = candidates.length > shown.length ? ` and ${candidates.length - shown.length} more` : ''
  const settings = shown.map((each) => `\`${candidateSetting(each, inCluster)}\``).join(' or ')
  return problem(
    'prometheus_ambiguous',
    `There are ${candidates.length} of ${engine.name} in this cluster: ${names}${more}.`,
    `Say which one has the metrics that you mean: ${settings}.`,
  )
}

/** The list itself was refused or did not come: nothing is known. */
export const cannotList = (why: Problem): Problem => ({
  ...why,
  message: `No Prometheus was named, and the services of the cluster cannot be looked through for one: ${why.message}`,
  next: `Name it with --prometheus-url URL or --prometheus-service NAMESPACE/NAME:PORT. Or: ${why.next}`,
})

/** None that answers. Where something was found, its own problem leads: it is nearer to what has to be mended. */
export function notFound({ silent, unread }: Looked, inCluster: boolean): Problem {
  const [nearest] = silent.toReversed()
  if (nearest) {
    const all = silent.map(({ name, problem: why }) => `${plainText(name, 200)}: ${why.message}`).join('; ')
    return problem(
      nearest.problem.reason,
      `What was found in this cluster does not answer. ${all}`,
      `${nearest.problem.next.replace(/\.$/, '')}. Or name another with --prometheus-url URL.`,
    )
  }
  const engines = ENGINES.map(({ name }) => name).join(', ')
  const refused = unread[0] === undefined ? '' : ` Ingresses could not be looked at: ${unread[0].message}`
  return problem(
    'prometheus_not_found',
    `No Prometheus was named, and no service or ingress in this cluster has the labels of ${engines}.${refused}`,
    `Name it: --prometheus-url URL (or KRR_MCP_PROMETHEUS_URL)${inCluster ? '' : ', or --prometheus-service NAMESPACE/NAME:PORT to go through the API server'}.`,
  )
}
