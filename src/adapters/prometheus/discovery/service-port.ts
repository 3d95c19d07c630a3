import type { KubeObject } from '../../../model/observation.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'

export interface ServicePort {
  readonly scheme: 'http' | 'https'
  readonly port: number
}
interface PortEntry {
  readonly name: string
  readonly port: number
  readonly appProtocol: string
}

/** The names that charts and operators give the port of a query API, best first. */
const NAMES = ['http', 'web', 'http-web', 'https', 'https-web', 'http-query', 'http-api', 'api', 'http-metrics']
/** What else such services have: reloaders, sidecars, metrics of their own, OpenShift's port for one namespace. */
const OTHERS = /reloader|sidecar|tenancy|^metrics$|gossip|memberlist/
const GRPC = /grpc|h2c/
const SERVING_CERT = /^service\.(alpha|beta)\.openshift\.io\/serving-cert-secret-name$/

/** The port to ask: by its name or protocol before its place; undefined where none of them speaks HTTP. */
export function servicePort(service: KubeObject): ServicePort | undefined {
  const ports = portsOf(service).filter(({ name, appProtocol }) => !GRPC.test(name) && !GRPC.test(appProtocol))
  const chosen = ports.toSorted((one, other) => rank(one) - rank(other))[0]
  return chosen && { scheme: schemeOf(chosen, service), port: chosen.port }
}

/** A port that was named by the operator, by number or name. */
export function namedPort(service: KubeObject, wanted: string): ServicePort | undefined {
  const found = portsOf(service).find(({ name, port }) => name === wanted || String(port) === wanted)
  return found && { scheme: schemeOf(found, service), port: found.port }
}

// Sorting is stable: among equals the first in the service counts, as for krr.
function rank({ name, appProtocol }: PortEntry): number {
  const byName = NAMES.indexOf(name)
  if (byName >= 0) return byName
  if (OTHERS.test(name)) return NAMES.length + 2
  return /^https?$/.test(appProtocol) ? NAMES.length : NAMES.length + 1
}

function schemeOf({ name, port, appProtocol }: PortEntry, service: KubeObject): 'http' | 'https' {
  if (/^https?$/.test(appProtocol)) return appProtocol as 'http' | 'https'
  if (/^https(-|$)/.test(name) || port === 443 || port === 8443) return 'https'
  // OpenShift issues a certificate to such a service; its port is called `web` all the same.
  const annotations = fieldsOf(fieldsOf(service.metadata).annotations)
  return Object.keys(annotations).some((key) => SERVING_CERT.test(key)) ? 'https' : 'http'
}

function portsOf(service: KubeObject): readonly PortEntry[] {
  return listOf(fieldsOf(service.spec).ports).flatMap((entry) => {
    const { name, port, protocol, appProtocol } = fieldsOf(entry)
    if (typeof port !== 'number' || (protocol !== undefined && protocol !== 'TCP')) return []
    return [{ port, name: textOf(name), appProtocol: textOf(appProtocol).toLowerCase() }]
  })
}
