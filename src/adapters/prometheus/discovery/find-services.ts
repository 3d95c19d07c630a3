import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ObjectReader } from '../../../ports/cluster-reader.ts'
import type { ServiceCandidate } from './candidate.ts'
import type { Engine } from './engines.ts'
import { fieldsOf, textOf } from './json-fields.ts'
import { listEach } from './list-each.ts'
import { servicePort } from './service-port.ts'

interface Labelled {
  readonly candidate: ServiceCandidate
  readonly spec: Readonly<Record<string, unknown>>
}

/** The services of one engine in all namespaces, each once, in krr's order of selectors. */
export async function findServices(
  reader: Pick<ObjectReader, 'list'>,
  engine: Engine,
): Promise<Result<readonly ServiceCandidate[]>> {
  const listed = await listEach(reader, engine, { api: '/api/v1', plural: 'services' })
  if (!listed.ok) return listed
  const labelled = listed.value.flatMap(({ object, prefix }) => labelledOf(object, { engine, prefix }))
  return ok(oneOfEach(labelled).map(({ candidate }) => candidate))
}

function labelledOf(
  service: KubeObject,
  { engine, prefix }: { readonly engine: Engine; readonly prefix: string },
): readonly Labelled[] {
  const { name, namespace } = fieldsOf(service.metadata)
  const spec = fieldsOf(service.spec)
  const port = servicePort(service)
  // An external name is somebody else's address in this cluster's words: for the operator to choose, not for us.
  if (!port || spec.type === 'ExternalName') return []
  const identity = { namespace: textOf(namespace), name: textOf(name) }
  return [{ candidate: { kind: 'service', engine, prefix, ...identity, ...port }, spec }]
}

/** Charts put the same labels on the service, its headless twin and one for gRPC: those lead to the same pods. */
function oneOfEach(all: readonly Labelled[]): readonly Labelled[] {
  const kept: Labelled[] = []
  for (const each of all) {
    const twin = kept.findIndex((other) => isTwin(each, other))
    if (twin < 0) kept.push(each)
    else if (isHeadless(kept[twin]) && !isHeadless(each)) kept[twin] = each
  }
  return kept
}

function isTwin({ candidate: one, spec }: Labelled, { candidate: other, spec: otherSpec }: Labelled): boolean {
  if (one.namespace !== other.namespace) return false
  if (one.name === other.name) return true
  // Without a selector nobody can tell what is behind a service.
  return Object.keys(fieldsOf(spec.selector)).length > 0 && isDeepStrictEqual(spec.selector, otherSpec.selector)
}
const isHeadless = (labelled: Labelled | undefined): boolean => labelled?.spec.clusterIP === 'None'
