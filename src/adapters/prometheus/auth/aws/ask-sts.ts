import { failed, ok, type Result } from '../../../../model/result.ts'
import { askEndpoint } from '../ask-endpoint.ts'
import type { CloudSources } from '../cloud-sources.ts'
import { credentialFailed } from '../credential-failed.ts'
import type { AwsIdentity } from './aws-identity.ts'
import { signRequest } from './sign-request.ts'

/** Where it is asked, and as whom. */
export interface StsCall {
  readonly region: string
  readonly sources: CloudSources
}

/** Another role's keys, asked for with one's own (`AssumeRole`). */
export async function assumeRole(
  roleArn: string,
  own: AwsIdentity,
  call: StsCall & { readonly externalId?: string | undefined },
): Promise<Result<AwsIdentity>> {
  // krr's name for the session, so that who reads CloudTrail finds the same.
  const form = {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: 'amp-auto',
    ...(call.externalId && { ExternalId: call.externalId }),
  }
  const url = endpointOf(call)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', url, headers, body: new URLSearchParams(form).toString() } as const
  const at = new Date(call.sources.now?.() ?? Date.now())
  const signed = await signRequest(request, { identity: own, region: call.region, service: 'sts', at })
  return identityOf(await askEndpoint({ url, method: 'POST', headers: signed, form }, call.sources))
}

/** A role's keys, for the token that the cluster issued to this pod (`AssumeRoleWithWebIdentity`). */
export async function assumeRoleWithWebIdentity(
  roleArn: string,
  token: string,
  call: StsCall & { readonly sessionName?: string | undefined },
): Promise<Result<AwsIdentity>> {
  const form = {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: call.sessionName || 'krr-mcp',
    WebIdentityToken: token,
  }
  return identityOf(await askEndpoint({ url: endpointOf(call), method: 'POST', form }, call.sources))
}

/** AWS' own regional endpoint, or the operator's (`AWS_ENDPOINT_URL_STS`, AWS' own variable). */
function endpointOf({ region, sources }: StsCall): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return new URL(sources.environment['AWS_ENDPOINT_URL_STS'] || `https://sts.${region}.${suffix}`).href
}

function identityOf(answer: Result<string>): Result<AwsIdentity> {
  if (!answer.ok) return answer
  const of = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer.value)?.[1] ?? ''
  const expiresAt = Date.parse(of('Expiration'))
  const identity = {
    accessKeyId: of('AccessKeyId'),
    secretAccessKey: of('SecretAccessKey'),
    sessionToken: of('SessionToken'),
    expiresAt,
  }
  const whole = identity.accessKeyId && identity.secretAccessKey && identity.sessionToken && !Number.isNaN(expiresAt)
  return whole ? ok(identity) : failed(malformed)
}

const malformed = credentialFailed(
  'AWS STS answered with something that holds no keys.',
  'Check AWS_ENDPOINT_URL_STS, and that no proxy answers in its place.',
)
