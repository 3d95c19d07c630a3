import { failed, ok, type Result } from '../../../../model/result.ts'
import { askEndpoint } from '../ask-endpoint.ts'
import type { CloudSources } from '../cloud-sources.ts'
import { credentialFailed } from '../credential-failed.ts'
import { jsonText } from '../json-member.ts'
import { readSecretFile } from '../read-secret-file.ts'
import type { AwsIdentity } from './aws-identity.ts'

/** The addresses at which ECS and EKS Pod Identity answer, and the machine itself: the only ones without TLS. */
const LOCAL = /^(169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\]|localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** The role of the container (ECS, EKS Pod Identity); undefined where there is none. */
export async function containerIdentity(sources: CloudSources): Promise<Result<AwsIdentity> | undefined> {
  const { environment } = sources
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  const url = relative ? `http://169.254.170.2${relative}` : environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  if (!url) return undefined
  const token = await containerToken(sources)
  if (!token.ok) return token
  const plainHttp = URL.canParse(url) && LOCAL.test(new URL(url).hostname)
  const headers = token.value === undefined ? {} : { authorization: token.value }
  return identityOf(await askEndpoint({ url, headers, plainHttp }, sources))
}

async function containerToken({ environment }: CloudSources): Promise<Result<string | undefined>> {
  const file = environment['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
  if (!file) return ok(environment['AWS_CONTAINER_AUTHORIZATION_TOKEN'] || undefined)
  const text = await readSecretFile(file)
  return text.ok ? ok(text.value.trim()) : text
}

/** The role of the machine (EC2, IMDSv2: with a token of its own, so that a forwarded request cannot ask). */
export async function instanceIdentity(sources: CloudSources): Promise<Result<AwsIdentity>> {
  const { environment } = sources
  if (environment['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') return failed(none)
  const base = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT'] || 'http://169.254.169.254'
  const ask = { plainHttp: true, timeoutMs: 2_000 }
  const seconds = { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }
  const token = await askEndpoint({ ...ask, url: `${base}/latest/api/token`, method: 'PUT', headers: seconds }, sources)
  // Outside of EC2 nobody answers there.
  if (!token.ok) return failed(none)
  const headers = { 'x-aws-ec2-metadata-token': token.value.trim() }
  const roles = `${base}/latest/meta-data/iam/security-credentials/`
  const role = await askEndpoint({ ...ask, url: roles, headers }, sources)
  if (!role.ok) return failed(none)
  const name = encodeURIComponent(role.value.split('\n', 1)[0]?.trim() ?? '')
  return identityOf(await askEndpoint({ ...ask, url: `${roles}${name}`, headers }, sources))
}

function identityOf(answer: Result<string>): Result<AwsIdentity> {
  if (!answer.ok) return answer
  const of = (name: string): string => jsonText(answer.value, name)
  const expiresAt = Date.parse(of('Expiration'))
  const identity = { accessKeyId: of('AccessKeyId'), secretAccessKey: of('SecretAccessKey'), sessionToken: of('Token') }
  if (!identity.accessKeyId || !identity.secretAccessKey || Number.isNaN(expiresAt)) return failed(malformed)
  return ok({ ...identity, expiresAt })
}

const none = credentialFailed(
  'There are no AWS keys: not in the environment, not in a profile, and no role of this container or machine.',
  'Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --eks-profile-name.',
)
const malformed = credentialFailed(
  'A metadata service answered with something that holds no AWS keys.',
  'Check the role of this container or machine.',
)
