import type { KubeObject } from '../../../../src/model/observation.ts'
import { problem } from '../../../../src/model/problem.ts'
import { failed, ok } from '../../../../src/model/result.ts'
import type { ListQuery, ObjectReader } from '../../../../src/ports/cluster-reader.ts'

export interface Lister extends Pick<ObjectReader, 'list'> {
  /** What was listed, in order: `services app=prometheus`. */
  readonly listed: string[]
}

/** A cluster of these objects, whose lists honour equality selectors as an API server does. */
export function listerOf(objects: readonly KubeObject[], forbidden: readonly string[] = []): Lister {
  const listed: string[] = []
  return {
    listed,
    list: ({ plural, namespace, labelSelector = '' }: ListQuery) => {
      listed.push(`${plural} ${labelSelector}`.trim())
      if (forbidden.includes(plural))
        return Promise.resolve(
          failed(problem('api_forbidden', `You may not list ${plural} in the whole cluster.`, 'Ask for it.')),
        )
      const kind = { services: 'Service', ingresses: 'Ingress' }[plural]
      const chosen = objects.filter((object) => object['kind'] === kind && matches(object, labelSelector, namespace))
      return Promise.resolve(ok(chosen))
    },
  }
}

function matches(object: KubeObject, selector: string, namespace: string | undefined): boolean {
  const { labels = {}, namespace: own } = object['metadata'] as { labels?: Record<string, string>; namespace: string }
  if (namespace !== undefined && namespace !== own) return false
  return (
    selector === '' || selector.split(',').every((part) => `${labels[part.split('=')[0] ?? '']}` === part.split('=')[1])
  )
}

type Port = Readonly<Record<string, string | number>>
interface ServiceSketch {
  readonly labels: Readonly<Record<string, string>>
  readonly ports?: readonly Port[]
  readonly spec?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly annotations?: Readonly<Record<string, string>>
}
/** `mon/name`. */
export function service(
  at: string,
  { labels, ports = [{ port: 9090 }], spec = {}, annotations }: ServiceSketch,
): KubeObject {
  const [namespace = '', name = ''] = at.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels, ...(annotations && { annotations }) },
    spec: { clusterIP: '10.0.0.1', selector: { of: name }, ports: [...ports], ...spec },
  }
}
export function ingress(
  at: string,
  {
    labels,
    hosts,
    tls = [],
  }: { labels: Readonly<Record<string, string>>; hosts: readonly string[]; tls?: readonly string[] },
): KubeObject {
  const [namespace = '', name = ''] = at.split('/')
  return {
    kind: 'Ingress',
    metadata: { namespace, name, labels },
    spec: { rules: hosts.map((host) => ({ host })), tls: tls.length > 0 ? [{ hosts: [...tls] }] : [] },
  }
}
