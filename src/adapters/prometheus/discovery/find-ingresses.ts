import type { KubeObject } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ObjectReader } from '../../../ports/cluster-reader.ts'
import type { IngressCandidate } from './candidate.ts'
import type { Engine } from './engines.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'
import { listEach } from './list-each.ts'

/** A host as a URL can have it: no wildcard, no port, nothing that would end the host early. */
const HOST = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/

/** The ingress hosts of one engine in all namespaces, each once. */
export async function findIngresses(
  reader: Pick<ObjectReader, 'list'>,
  engine: Engine,
): Promise<Result<readonly IngressCandidate[]>> {
  const listed = await listEach(reader, engine, { api: '/apis/networking.k8s.io/v1', plural: 'ingresses' })
  if (!listed.ok) return listed
  const byOrigin = new Map<string, IngressCandidate>()
  for (const { object, prefix } of listed.value) {
    const { name, namespace } = fieldsOf(object.metadata)
    const found = { kind: 'ingress', engine, prefix, namespace: textOf(namespace), name: textOf(name) } as const
    for (const origin of originsOf(object)) if (!byOrigin.has(origin)) byOrigin.set(origin, { ...found, origin })
  }
  return ok([...byOrigin.values()])
}

function originsOf(ingress: KubeObject): readonly string[] {
  const spec = fieldsOf(ingress.spec)
  const secured = listOf(spec.tls).flatMap((entry) => listOf(fieldsOf(entry).hosts))
  const hosts = listOf(spec.rules).map((rule) => textOf(fieldsOf(rule).host))
  return hosts.filter((host) => HOST.test(host)).map((host) => `${secured.includes(host) ? 'https' : 'http'}://${host}`)
}
