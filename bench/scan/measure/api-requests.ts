import { stat } from 'node:fs/promises'
import { readAuditLog } from '../../../test/harness/read-audit-log.ts'
import type { Bench } from '../bench.ts'

/** Requests to the API server while `work` runs; its own chatter is of other users. */
export async function apiRequests({ world }: Bench, work: () => Promise<void>): Promise<readonly string[]> {
  const { auditLogFile } = world.controlPlane
  const { size } = await stat(auditLogFile)
  await work()
  const events = await readAuditLog(auditLogFile, size)
  return events
    .filter(({ user }) => !user.username.startsWith('system:'))
    .map(({ verb, requestURI }) => `${verb} ${requestURI}`)
}
