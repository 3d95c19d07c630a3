import { ok } from '../../../model/result.ts'
import type { DryRunner } from '../../../ports/dry-runner.ts'
import { openTransport } from '../http/open-transport.ts'
import { asDryRun } from '../http/request-query.ts'
import type { TransportOptions } from '../http/transport-options.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { dryRunTransport } from './dry-run-transport.ts'

export interface ConnectedDryRunner extends DryRunner {
  close(): Promise<void>
}

/** Has the API server try frozen requests without keeping anything of them. */
export function connectDryRunner(connection: ClusterConnection, options: TransportOptions = {}): ConnectedDryRunner {
  const transport = dryRunTransport(openTransport(connection, options))
  return {
    dryRun: async ({ method, path, contentType, body }) => {
      const answer = await transport.send({ method, path: asDryRun(path), contentType, body })
      return answer.ok ? ok({ object: answer.value.body, warnings: answer.value.warnings }) : answer
    },
    close: () => transport.close(),
  }
}
