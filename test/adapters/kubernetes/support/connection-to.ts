import type { ClusterConnection } from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { ok } from '../../../../src/model/result.ts'

/** A connection to any origin, with a token and nothing else unless a test says so. */
export const connectionTo = (origin: string, more: Partial<ClusterConnection> = {}): ClusterConnection => ({
  context: 'test',
  origin,
  basePath: '',
  tls: { insecureSkipVerify: false },
  authorization: () => Promise.resolve(ok('Bearer test-token')),
  clientCertificate: () => Promise.resolve(ok(undefined)),
  refused: () => false,
  ...more,
})

/** Short enough for tests. */
export const QUICK = { timeoutMillis: 400, connectTimeoutMillis: 400, backoffMillis: 10 }
