import { failed, ok, type Result } from '../../../model/result.ts'
import type { ObjectReader } from '../../../ports/cluster-reader.ts'
import { unixSeconds } from '../../../model/time.ts'
import type { PrometheusConnection } from '../usage-over.ts'
import { candidateName, type Candidate } from './candidate.ts'
import { ambiguous, cannotList, notFound, type Looked, type Silent } from './discovery-problems.ts'
import { ENGINES, type Engine } from './engines.ts'
import { findIngresses } from './find-ingresses.ts'
import { findServices } from './find-services.ts'

export interface DiscoveryOptions {
  readonly inCluster: boolean
  /** A connection without any credential but the API server's own, to try a candidate with. */
  readonly reach: (candidate: Candidate) => PrometheusConnection
}
export interface Discovered {
  readonly candidate: Candidate
  readonly connection: PrometheusConnection
  /** What was found before it and did not answer. */
  readonly passedOver: readonly string[]
}

/**
 * Looks for a Prometheus in krr's order: engine by engine, services before ingresses. The first engine that is found and
 * answers wins. Several candidates of one engine are an error: which one is meant is for the operator to say, because another
 * one would have other numbers.
 */
export async function discoverPrometheus(
  reader: Pick<ObjectReader, 'list'>,
  options: DiscoveryOptions,
): Promise<Result<Discovered>> {
  const looked: Looked = { silent: [], unread: [] }
  for (const engine of ENGINES) {
    const candidates = await candidatesOf(reader, engine, looked)
    if (!candidates.ok) return candidates
    const [only, ...more] = candidates.value
    if (!only) continue
    if (more.length > 0) return failed(ambiguous(engine, candidates.value, options.inCluster))
    const tried = await tryOut(only, options)
    if (tried.ok) return ok({ ...tried.value, passedOver: looked.silent.map(({ name }) => name) })
    looked.silent.push(tried.problem)
  }
  return failed(notFound(looked, options.inCluster))
}

async function candidatesOf(
  reader: Pick<ObjectReader, 'list'>,
  engine: Engine,
  looked: Looked,
): Promise<Result<readonly Candidate[]>> {
  const services = await findServices(reader, engine)
  // Who may not look cannot say that there is none.
  if (!services.ok) return failed(cannotList(services.problem))
  if (services.value.length > 0) return services
  const ingresses = await findIngresses(reader, engine)
  if (ingresses.ok) return ingresses
  looked.unread.push(ingresses.problem)
  return ok([])
}

async function tryOut(
  candidate: Candidate,
  { reach }: DiscoveryOptions,
): Promise<Result<Omit<Discovered, 'passedOver'>, Silent>> {
  const connection = reach(candidate)
  // Costs nothing, and only what speaks PromQL answers it.
  const answer = await connection.instant('vector(1)', unixSeconds(Math.floor(Date.now() / 1000)))
  if (answer.ok) return ok({ candidate, connection })
  await connection.close()
  const engine = candidate.engine?.name ?? 'Prometheus'
  return failed({ name: `${engine} (${candidateName(candidate)})`, problem: answer.problem })
}
