import { open } from 'node:fs/promises'

/** One line of the API server's audit log, as far as tests look at it. */
export interface AuditEvent {
  readonly auditID: string
  readonly stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic'
  readonly verb: string
  readonly requestURI: string
  readonly user: { readonly username: string; readonly groups?: readonly string[] }
  readonly impersonatedUser?: { readonly username: string }
  readonly userAgent?: string
  readonly objectRef?: {
    readonly apiGroup?: string
    readonly resource?: string
    readonly subresource?: string
    readonly namespace?: string
    readonly name?: string
  }
  readonly requestReceivedTimestamp: string
  readonly responseStatus?: { readonly code?: number; readonly reason?: string }
  readonly requestObject?: unknown
}

/** Every request since byte `from` of the log, in order of arrival, each with what its last stage knows of it. */
export async function readAuditLog(file: string, from = 0): Promise<readonly AuditEvent[]> {
  const requests = new Map<string, AuditEvent>()
  for (const line of await completeLines(file, from)) {
    const event = JSON.parse(line) as AuditEvent
    requests.set(event.auditID, { ...requests.get(event.auditID), ...event })
  }
  return [...requests.values()]
}

/** Without a last line that is still being written. */
async function completeLines(file: string, from: number): Promise<readonly string[]> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.toString('utf8', 0, bytesRead)
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
    return lines.filter((line) => line !== '')
  } finally {
    await handle.close()
  }
}
