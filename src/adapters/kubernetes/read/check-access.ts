import { ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { objectAt, textAt } from './json-view.ts'

/** One right that somebody may or may not have. */
export interface AccessQuestion {
  readonly verb: string
  /** `''` or absent: the core group. */
  readonly group?: string
  readonly resource: string
  readonly subresource?: string
  /** Absent: in all namespaces. */
  readonly namespace?: string
  readonly name?: string
}
export interface AccessAnswer {
  readonly allowed: boolean
  /** The authorizer's words, if it has any. Untrusted. */
  readonly reason: string
}

/** Asks the API server whether we (or whom we act as) may do this: a SelfSubjectAccessReview. */
export async function checkAccess(transport: ApiTransport, question: AccessQuestion): Promise<Result<AccessAnswer>> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: question },
  }
  const answer = await transport.send({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    contentType: 'application/json',
    body: JSON.stringify(review),
  })
  if (!answer.ok) return answer
  const status = objectAt(answer.value.body, 'status')
  return ok({ allowed: status.allowed === true, reason: textAt(status, 'reason') ?? '' })
}
