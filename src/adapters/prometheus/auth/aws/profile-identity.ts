import { plainText } from '../../../../model/plain-text.ts'
import type { Problem } from '../../../../model/problem.ts'
import { failed, ok, type Result } from '../../../../model/result.ts'
import { credentialFailed } from '../credential-failed.ts'
import { readSecretFile } from '../read-secret-file.ts'
import { assumeRole, assumeRoleWithWebIdentity, type StsCall } from './ask-sts.ts'
import type { AwsIdentity } from './aws-identity.ts'
import type { AwsProfile, AwsProfiles } from './aws-profiles.ts'
import { environmentIdentity } from './environment-identity.ts'
import { containerIdentity, instanceIdentity } from './metadata-identity.ts'

const MOST_LINKS = 5

/** The keys of a profile: its own, or those of the role that it says to assume. */
export async function profileIdentity(
  name: string,
  profiles: AwsProfiles,
  call: StsCall & { readonly links?: number },
): Promise<Result<AwsIdentity>> {
  const profile = profiles.get(name)
  if (!profile) return failed(noProfile(name))
  const { role_arn: roleArn } = profile
  if (!roleArn) return ownKeys(name, profile)
  if (profile.web_identity_token_file) {
    const token = await readSecretFile(profile.web_identity_token_file)
    if (!token.ok) return token
    const sessionName = profile.role_session_name
    return assumeRoleWithWebIdentity(roleArn, token.value.trim(), { ...call, sessionName })
  }
  const source = await sourceOf(name, profile, { profiles, call })
  return source.ok ? assumeRole(roleArn, source.value, { ...call, externalId: profile.external_id }) : source
}

interface Chain {
  readonly profiles: AwsProfiles
  readonly call: StsCall & { readonly links?: number }
}
async function sourceOf(name: string, profile: AwsProfile, { profiles, call }: Chain): Promise<Result<AwsIdentity>> {
  const { source_profile: source, credential_source: from } = profile
  const links = (call.links ?? 0) + 1
  if (links > MOST_LINKS) return failed(cannotUse(name, 'its source profiles lead round in a circle'))
  // A profile may name itself: then its own keys are meant.
  if (source === name) return ownKeys(name, profile)
  if (source) return profileIdentity(source, profiles, { ...call, links })
  if (from === 'Environment')
    return environmentIdentity(call.sources) ?? failed(cannotUse(name, 'the environment has no keys'))
  if (from === 'EcsContainer')
    return (await containerIdentity(call.sources)) ?? failed(cannotUse(name, 'this is no container with a role'))
  if (from === 'Ec2InstanceMetadata') return instanceIdentity(call.sources)
  return failed(cannotUse(name, 'it has a role, but no source_profile'))
}

function ownKeys(name: string, profile: AwsProfile): Result<AwsIdentity> {
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: session } = profile
  if (id && secret) return ok({ accessKeyId: id, secretAccessKey: secret, ...(session && { sessionToken: session }) })
  // Programs are not run for a token, and logins through a browser are not ours to make.
  if (profile.credential_process || profile.sso_session || profile.sso_start_url)
    return failed(cannotUse(name, 'it logs in with SSO or another program, which is not done here'))
  return failed(cannotUse(name, 'it has no keys'))
}

const noProfile = (name: string): Problem =>
  credentialFailed(
    `There is no AWS profile ${plainText(name, 80)}.`,
    'List them with `aws configure list-profiles`, and name one with --eks-profile-name or AWS_PROFILE.',
  )
const cannotUse = (name: string, why: string): Problem =>
  credentialFailed(
    `The AWS profile ${plainText(name, 80)} cannot be used: ${why}.`,
    'Set its keys as variables: `eval "$(aws configure export-credentials --profile NAME --format env)"`.',
  )
