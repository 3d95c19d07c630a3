import { ok, type Result } from '../../../../model/result.ts'
import type { CloudSources } from '../cloud-sources.ts'
import type { AwsIdentity } from './aws-identity.ts'

/** The keys of AWS' own variables; undefined where they are not set. */
export function environmentIdentity({ environment }: CloudSources): Result<AwsIdentity> | undefined {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = environment
  if (!id || !secret) return undefined
  return ok({ accessKeyId: id, secretAccessKey: secret, ...(session && { sessionToken: session }) })
}
