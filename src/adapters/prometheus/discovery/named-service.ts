import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { KubeObject } from '../../../model/observation.ts'
import type { ObjectReader } from '../../../ports/cluster-reader.ts'
import type { ServiceCandidate } from './candidate.ts'
import { ENGINES } from './engines.ts'
import { fieldsOf } from './json-fields.ts'
import { namedPort, servicePort, type ServicePort } from './service-port.ts'

const WRITTEN =
  /^(https:|http:)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\/([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?::([a-z0-9-]+))?$/

interface Written {
  readonly namespace: string
  readonly name: string
  readonly port: string | undefined
  readonly scheme: 'http' | 'https' | undefined
}

/** The service that the operator named as `NAMESPACE/NAME:PORT`, with the engine that its labels tell. */
export async function namedService(
  reader: Pick<ObjectReader, 'list'>,
  text: string,
): Promise<Result<ServiceCandidate>> {
  const written = parse(text)
  if (!written) return failed(notWritten(text))
  const { namespace, name } = written
  const listed = await reader.list({ api: '/api/v1', plural: 'services', namespace })
  if (!listed.ok) return withoutLooking(written, listed.problem)
  const service = listed.value.find(({ metadata }) => fieldsOf(metadata).name === name)
  if (!service) return failed(noSuchService(text))
  const port = written.port === undefined ? servicePort(service) : namedPort(service, written.port)
  if (!port) return failed(noSuchPort(text))
  return ok(candidate(written, { ...port, ...(written.scheme && { scheme: written.scheme }) }, service))
}

function parse(text: string): Written | undefined {
  const [, scheme, namespace = '', name = '', port] = WRITTEN.exec(text) ?? []
  if (name === '') return undefined
  return { namespace, name, port, scheme: scheme?.slice(0, -1) as Written['scheme'] }
}

function candidate({ namespace, name }: Written, port: ServicePort, service: KubeObject | undefined): ServiceCandidate {
  const labels = fieldsOf(fieldsOf(service?.metadata).labels)
  const groups = ENGINES.flatMap((engine) =>
    engine.groups.flatMap(({ selectors, prefix }) => selectors.map((selector) => ({ engine, prefix, selector }))),
  )
  const known = groups.find(({ selector }) => selector.split(',').every((part) => hasLabel(labels, part)))
  return { kind: 'service', engine: known?.engine, prefix: known?.prefix ?? '', namespace, name, ...port }
}

function hasLabel(labels: Readonly<Record<string, unknown>>, part: string): boolean {
  const [key = '', value] = part.split('=')
  return Object.hasOwn(labels, key) && labels[key] === value
}

/** Somebody may be allowed to ask one service and to list none: then what was written must say it all. */
function withoutLooking(written: Written, why: Problem): Result<ServiceCandidate> {
  const port = Number(written.port)
  if (why.reason !== 'api_forbidden' || !Number.isInteger(port)) return failed(why)
  return ok(candidate(written, { scheme: written.scheme ?? (port === 443 ? 'https' : 'http'), port }, undefined))
}

const notWritten = (text: string): Problem =>
  problem(
    'bad_setting',
    `"${plainText(text, 100)}" does not name a service.`,
    'Write --prometheus-service NAMESPACE/NAME:PORT, for example monitoring/prometheus-server:80.',
  )
const noSuchService = (text: string): Problem =>
  problem(
    'prometheus_not_found',
    `There is no service ${plainText(text, 100)} in this cluster.`,
    'List them with `kubectl get services --all-namespaces`, and check the context.',
  )
const noSuchPort = (text: string): Problem =>
  problem(
    'prometheus_not_found',
    `The service ${plainText(text, 100)} has no such port that speaks HTTP.`,
    'Name one of its ports as --prometheus-service NAMESPACE/NAME:PORT.',
  )
