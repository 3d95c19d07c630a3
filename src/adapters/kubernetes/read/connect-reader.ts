import type { Result } from '../../../model/result.ts'
import type { ObjectReader, ScanReader } from '../../../ports/cluster-reader.ts'
import { openTransport } from '../http/open-transport.ts'
import type { TransportOptions } from '../http/transport-options.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { checkAccess, type AccessAnswer, type AccessQuestion } from './check-access.ts'
import { givingUp } from './giving-up.ts'
import { listObjects } from './list-objects.ts'
import { readAutoscalers } from './read-autoscalers.ts'
import { readFingerprint } from './read-fingerprint.ts'
import { readPods } from './read-pods.ts'
import { readWorkload } from './read-workload.ts'
import { readWorkloads } from './read-workloads.ts'
import { readingTransport } from './reading-transport.ts'

export interface ConnectedReader extends ScanReader, ObjectReader {
  checkAccess(question: AccessQuestion): Promise<Result<AccessAnswer>>
  close(): Promise<void>
}

/** Reads one cluster and can do nothing else to it. Connects at the first question. */
export function connectReader(connection: ClusterConnection, options: TransportOptions = {}): ConnectedReader {
  const transport = readingTransport(openTransport(connection, options))
  return {
    fingerprint: () => readFingerprint(transport, connection),
    workloads: (scope) => readWorkloads(givingUp(transport), scope),
    autoscalers: (scope) => readAutoscalers(givingUp(transport), scope),
    pods: (query) => readPods(givingUp(transport), query),
    workload: (ref) => readWorkload(transport, ref),
    list: (query) => listObjects(transport, query),
    checkAccess: (question) => checkAccess(transport, question),
    close: () => transport.close(),
  }
}
