import { problem } from '../../../../model/problem.ts'
import { failed, type Result } from '../../../../model/result.ts'
import { accessToken } from '../access-token.ts'
import { askEndpoint, type EndpointQuestion } from '../ask-endpoint.ts'
import { bearerCredential } from '../bearer-credential.ts'
import type { CloudSources } from '../cloud-sources.ts'
import type { Credential } from '../credential.ts'
import { readSecretFile } from '../read-secret-file.ts'
import type { Perishable } from '../renewing.ts'

const RESOURCE = 'https://prometheus.monitor.azure.com'

/** A Microsoft Entra token for Azure Monitor: of a client with its secret, of the pod's federated token, or of the managed identity. */
export const azureCredential = (sources: CloudSources): Credential =>
  bearerCredential(() => fetchToken(sources), sources.now)

async function fetchToken(sources: CloudSources): Promise<Result<Perishable<string>>> {
  const question = await questionOf(sources)
  if (!question.ok) return question
  const answer = await askEndpoint(question.value, sources)
  return answer.ok ? accessToken(answer.value, sources.now?.() ?? Date.now()) : answer
}

async function questionOf(sources: CloudSources): Promise<Result<EndpointQuestion>> {
  const { environment } = sources
  const { AZURE_CLIENT_SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: file } = environment
  if (secret) return atEntra(environment, { client_secret: secret })
  if (!file) return managedIdentity(environment)
  const assertion = await readSecretFile(file)
  if (!assertion.ok) return assertion
  return atEntra(environment, {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion.value.trim(),
  })
}

type Environment = CloudSources['environment']

function atEntra(environment: Environment, proof: Readonly<Record<string, string>>): Result<EndpointQuestion> {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_AUTHORITY_HOST: authority } = environment
  // The tenant becomes part of a path.
  if (!tenant || !/^[\w.-]+$/.test(tenant) || !client) return failed(incomplete)
  const host = (authority || 'https://login.microsoftonline.com').replace(/\/$/, '')
  const form = { grant_type: 'client_credentials', client_id: client, scope: `${RESOURCE}/.default`, ...proof }
  return { ok: true, value: { url: `${host}/${tenant}/oauth2/v2.0/token`, method: 'POST', form } }
}

/** The identity of the machine or the app; with AZURE_CLIENT_ID the one of several that is meant. */
function managedIdentity(environment: Environment): Result<EndpointQuestion> {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header, AZURE_CLIENT_ID: client } = environment
  const app = Boolean(endpoint && header)
  const machine = `${environment['AZURE_POD_IDENTITY_AUTHORITY_HOST'] || 'http://169.254.169.254'}/metadata/identity/oauth2/token`
  const params = {
    'api-version': app ? '2019-08-01' : '2018-02-01',
    resource: RESOURCE,
    ...(client && { client_id: client }),
  }
  const headers = app ? { 'x-identity-header': header ?? '' } : { metadata: 'true' }
  const url = `${app ? endpoint : machine}?${new URLSearchParams(params).toString()}`
  return { ok: true, value: { url, headers, plainHttp: true } }
}

const incomplete = problem(
  'credential_failed',
  'Microsoft Entra needs AZURE_TENANT_ID and AZURE_CLIENT_ID besides the secret or the federated token.',
  'Set both, or leave the secret and the token away to use the managed identity.',
)
