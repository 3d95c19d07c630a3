import { type FakeApi, json, type Reply, startFakeApi } from '../../kubernetes/support/fake-api.ts'
import { makeCertificate } from '../../kubernetes/support/make-certificate.ts'
import type { CloudSources } from '../../../../src/adapters/prometheus/auth/cloud-sources.ts'

export interface TokenEndpoint extends FakeApi {
  readonly sources: (environment: CloudSources['environment'], now?: () => number) => CloudSources
}

/** A vendor's token endpoint as it could be: https, with a certificate that only these sources trust. */
export async function tokenEndpoint(...replies: readonly Reply[]): Promise<TokenEndpoint> {
  const authority = makeCertificate({ commonName: 'vendor', authority: true })
  const server = makeCertificate({ commonName: 'localhost', issuer: authority, ips: ['127.0.0.1'] })
  const api = await startFakeApi({ server })
  api.reply(...replies)
  return {
    ...api,
    sources: (environment, now) => ({
      environment: { HOME: '/nonexistent', ...environment },
      ca: authority.cert,
      ...(now && { now }),
    }),
  }
}

/** An OAuth 2 answer. */
export const token = (value: string, seconds: number | string = 3600): Reply =>
  json(200, { token_type: 'Bearer', access_token: value, expires_in: seconds })

/** An answer of AWS STS. */
export const stsKeys =
  (action: string, keys: { readonly id: string; readonly expires: string }): Reply =>
  (response) => {
    const of = `<AccessKeyId>${keys.id}</AccessKeyId><SecretAccessKey>secret of ${keys.id}</SecretAccessKey><SessionToken>session of ${keys.id}</SessionToken><Expiration>${keys.expires}</Expiration>`
    const xml = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${of}</Credentials></${action}Result></${action}Response>`
    response.writeHead(200, { 'content-type': 'text/xml' }).end(xml)
  }
