import { ok, type Result } from '../../../model/result.ts'
import type { ConnectionRequest } from './connection-request.ts'
import { findDocument } from './find-document.ts'

export interface KnownContexts {
  /** In the order of the files. */
  readonly names: readonly string[]
  readonly current: string | undefined
}

/** The contexts that there are to choose from; whether each can be used is seen when it is resolved. Sends nothing. */
export async function listContexts(request: ConnectionRequest): Promise<Result<KnownContexts>> {
  const document = await findDocument(request)
  if (!document.ok) return document
  const { contexts, currentContext } = document.value
  return ok({ names: [...contexts.keys()], current: currentContext })
}
