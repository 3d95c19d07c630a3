import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { CONTROL_PLANE_USERS, type ControlPlaneUser } from './control-plane-users.ts'
import { isWrite } from './is-write.ts'
import { connectKubeApi } from './kube-api.ts'
import { type AuditEvent, readAuditLog } from './read-audit-log.ts'
import type { ControlPlaneConnection } from './start-control-plane.ts'

export interface AuditFilter {
  readonly user?: ControlPlaneUser
  /** A part of the user agent. */
  readonly userAgent?: string
  readonly namespace?: string
}

export interface AuditLog {
  /** Every request that arrived since the log was opened. */
  readonly requests: (filter?: AuditFilter) => Promise<readonly AuditEvent[]>
  /** Those of them that could have changed the cluster, allowed or refused: the judge of "nothing was written". */
  readonly writes: (filter?: AuditFilter) => Promise<readonly AuditEvent[]>
}

/** The API server's own record, from this moment on. Both questions wait until the log has caught up. */
export async function openAuditLog(controlPlane: ControlPlaneConnection): Promise<AuditLog> {
  const { size: from } = await stat(controlPlane.auditLogFile)
  const requests = async (filter: AuditFilter = {}): Promise<readonly AuditEvent[]> => {
    await untilCaughtUp(controlPlane, from)
    const all = await readAuditLog(controlPlane.auditLogFile, from)
    return all.filter((event) => matches(event, filter))
  }
  return { requests, writes: async (filter) => (await requests(filter)).filter(isWrite) }
}

function matches(event: AuditEvent, { user, userAgent, namespace }: AuditFilter): boolean {
  if (user !== undefined && event.user.username !== CONTROL_PLANE_USERS[user].name) return false
  if (userAgent !== undefined && !(event.userAgent ?? '').includes(userAgent)) return false
  return namespace === undefined || event.objectRef?.namespace === namespace
}

/** Asks for something that does not exist and waits until the log knows: what came before is in it by then. */
async function untilCaughtUp(controlPlane: ControlPlaneConnection, from: number): Promise<void> {
  const path = `/audit-marker-${randomBytes(8).toString('hex')}`
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  try {
    await api.request({ method: 'GET', path })
  } finally {
    await api.close()
  }
  const asked = Date.now()
  for (;;) {
    const requests = await readAuditLog(controlPlane.auditLogFile, from)
    const marked = requests.some(({ requestURI }) => requestURI === path)
    const waited = Date.now() - asked
    // An answer is logged a moment after it is sent. A request that stays open is in the log all the same.
    if (marked && (waited > 2_000 || requests.every(({ stage }) => stage !== 'RequestReceived'))) return
    if (waited > 10_000) throw new Error('the audit log did not catch up within 10 s')
    await sleep(20)
  }
}
