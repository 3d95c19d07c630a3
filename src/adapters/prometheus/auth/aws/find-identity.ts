import type { Result } from '../../../../model/result.ts'
import { ok } from '../../../../model/result.ts'
import type { AwsAuth } from '../prometheus-auth.ts'
import { readSecretFile } from '../read-secret-file.ts'
import { assumeRole, assumeRoleWithWebIdentity, type StsCall } from './ask-sts.ts'
import type { AwsIdentity } from './aws-identity.ts'
import type { AwsProfiles } from './aws-profiles.ts'
import { environmentIdentity } from './environment-identity.ts'
import { containerIdentity, instanceIdentity } from './metadata-identity.ts'
import { profileIdentity } from './profile-identity.ts'

/**
 * The keys to sign with, looked for where AWS' own libraries look, in their order: what was given, a named profile, the
 * variables, the pod's web identity, the default profile, the container's role, the machine's. Then the role to assume.
 */
export async function findIdentity(auth: AwsAuth, profiles: AwsProfiles, call: StsCall): Promise<Result<AwsIdentity>> {
  const own = await ownIdentity(auth, profiles, call)
  if (!own.ok || auth.assumeRole === undefined) return own
  return assumeRole(auth.assumeRole, own.value, call)
}

async function ownIdentity(auth: AwsAuth, profiles: AwsProfiles, call: StsCall): Promise<Result<AwsIdentity>> {
  const { accessKey, secretKey, profile } = auth
  if (accessKey && secretKey) return ok({ accessKeyId: accessKey, secretAccessKey: secretKey })
  if (profile !== undefined) return profileIdentity(profile, profiles, call)
  const { environment } = call.sources
  const fromEnvironment = environmentIdentity(call.sources) ?? (await webIdentity(call))
  if (fromEnvironment) return fromEnvironment
  const named = environment['AWS_PROFILE']
  if (named || profiles.has('default')) return profileIdentity(named || 'default', profiles, call)
  return (await containerIdentity(call.sources)) ?? instanceIdentity(call.sources)
}

async function webIdentity(call: StsCall): Promise<Result<AwsIdentity> | undefined> {
  const { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: file } = call.sources.environment
  if (!roleArn || !file) return undefined
  const token = await readSecretFile(file)
  if (!token.ok) return token
  const sessionName = call.sources.environment['AWS_ROLE_SESSION_NAME']
  return assumeRoleWithWebIdentity(roleArn, token.value.trim(), { ...call, sessionName })
}
