import { homedir } from 'node:os'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import type { Result } from '../../../../model/result.ts'
import { failed, ok } from '../../../../model/result.ts'
import { accessToken } from '../access-token.ts'
import { askEndpoint, type EndpointQuestion } from '../ask-endpoint.ts'
import { bearerCredential } from '../bearer-credential.ts'
import type { CloudSources } from '../cloud-sources.ts'
import type { Credential } from '../credential.ts'
import { credentialFailed } from '../credential-failed.ts'
import { jsonText } from '../json-member.ts'
import { readSecretFile } from '../read-secret-file.ts'
import type { Perishable } from '../renewing.ts'
import { signedJwt } from './signed-jwt.ts'

/** Reading metrics, and nothing else of the account. */
const SCOPE = 'https://www.googleapis.com/auth/monitoring.read'
const TOKEN_ENDPOINT = 'https://oauth2.googleapis.com/token'

/** Google's application default credentials: a service account's key, `gcloud auth application-default login`, or the metadata server. */
export const googleCredential = (sources: CloudSources): Credential =>
  bearerCredential(() => fetchToken(sources), sources.now)

async function fetchToken(sources: CloudSources): Promise<Result<Perishable<string>>> {
  const now = sources.now?.() ?? Date.now()
  const file = keyFile(sources)
  const question = file === undefined ? ok(metadataServer(sources)) : await questionOf(file, now)
  if (!question.ok) return question
  const answer = await askEndpoint(question.value, sources)
  return answer.ok ? accessToken(answer.value, now) : answer
}

function keyFile({ environment }: CloudSources): string | undefined {
  const named = environment['GOOGLE_APPLICATION_CREDENTIALS']
  if (named) return named
  const config = environment['CLOUDSDK_CONFIG'] || join(environment['HOME'] ?? homedir(), '.config', 'gcloud')
  const known = join(config, 'application_default_credentials.json')
  return existsSync(known) ? known : undefined
}

async function questionOf(file: string, now: number): Promise<Result<EndpointQuestion>> {
  const text = await readSecretFile(file)
  if (!text.ok) return text
  const of = (name: string): string => jsonText(text.value, name)
  const url = of('token_uri') || TOKEN_ENDPOINT
  switch (of('type')) {
    case 'service_account':
      return serviceAccount(
        { email: of('client_email'), key: of('private_key'), keyId: of('private_key_id') },
        url,
        now,
      )
    case 'authorized_user': {
      const secrets = {
        client_id: of('client_id'),
        client_secret: of('client_secret'),
        refresh_token: of('refresh_token'),
      }
      return ok({ url, method: 'POST', form: { grant_type: 'refresh_token', ...secrets } })
    }
    default:
      return failed(otherKind)
  }
}

interface ServiceAccount {
  readonly email: string
  readonly key: string
  readonly keyId: string
}
function serviceAccount({ email, key, keyId }: ServiceAccount, url: string, now: number): Result<EndpointQuestion> {
  const iat = Math.floor(now / 1000)
  const assertion = signedJwt({ iss: email, scope: SCOPE, aud: url, iat, exp: iat + 3600 }, key, keyId)
  if (assertion === undefined) return failed(noKey)
  return ok({ url, method: 'POST', form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion } })
}

function metadataServer({ environment }: CloudSources): EndpointQuestion {
  const host = environment['GCE_METADATA_HOST'] || 'metadata.google.internal'
  const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`
  return { url, headers: { 'metadata-flavor': 'Google' }, plainHttp: true }
}

const NEXT =
  'Set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account, or run `gcloud auth application-default login`.'
const otherKind = credentialFailed('The Google credentials file is of a kind that is not supported here.', NEXT)
const noKey = credentialFailed('The Google credentials file holds no usable private key.', NEXT)
