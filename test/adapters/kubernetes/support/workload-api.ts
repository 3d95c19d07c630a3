import type { TransportOptions } from '../../../../src/adapters/kubernetes/http/transport-options.ts'
import { type ConnectedReader, connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { ObservedContainer, Scope, WorkloadListing } from '../../../../src/model/observation.ts'
import { connectionTo, QUICK } from './connection-to.ts'
import { expectOk } from './expect-ok.ts'
import { type FakeApi, json, type Reply, startFakeApi } from './fake-api.ts'

export const meta = (name: string, namespace = 'shop', more: object = {}) => ({
  name,
  namespace,
  uid: `uid-${name}`,
  ...more,
})
export const podOf = (...names: readonly string[]) => ({ spec: { containers: names.map((name) => ({ name })) } })
export const items = (...list: readonly object[]): Reply => json(200, { items: list })
/** A job with one container `main`. */
export const job = (name: string, namespace = 'shop', more: object = {}) => ({
  metadata: meta(name, namespace, more),
  spec: { selector: { matchLabels: { 'controller-uid': name } }, template: podOf('main') },
})

export interface WorkloadApi {
  readonly api: FakeApi
  readonly reader: ConnectedReader
  /** By path without query; an empty list for every other path. */
  answers: Record<string, Reply>
  read(scope?: Partial<Scope>): Promise<WorkloadListing>
  /** `Kind namespace/name/container` of each row. */
  rows(scope?: Partial<Scope>): Promise<readonly string[]>
  /** What was asked for, without queries. */
  paths(): readonly string[]
  close(): Promise<void>
}

export const rowName = ({ kind, namespace, name, container }: ObservedContainer): string =>
  `${kind} ${namespace}/${name}/${container}`

/** A local stand-in for an API server, and a reader of it. */
export async function startWorkloadApi(options: TransportOptions = QUICK): Promise<WorkloadApi> {
  const api = await startFakeApi()
  const reader = connectReader(connectionTo(api.origin), options)
  const pathOf = (path: string): string => path.split('?', 1)[0] ?? ''
  const self: WorkloadApi = {
    api,
    reader,
    answers: {},
    read: async (scope = {}) => expectOk(await reader.workloads({ namespaces: [], kinds: [], ...scope })),
    rows: async (scope = {}) => (await self.read(scope)).containers.map(rowName),
    paths: () => api.seen.map(({ path }) => pathOf(path)),
    close: async () => {
      await reader.close()
      await api.close()
    },
  }
  api.reply((response, request) => (self.answers[pathOf(request.path)] ?? items())(response, request))
  return self
}
