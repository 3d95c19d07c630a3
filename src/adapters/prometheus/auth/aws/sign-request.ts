import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import type { SourceData } from '@smithy/types'
import type { OutgoingRequest } from '../credential.ts'
import type { AwsIdentity } from './aws-identity.ts'

export interface Signing {
  readonly identity: AwsIdentity
  readonly region: string
  readonly service: string
  readonly at: Date
}

/** The headers of Signature Version 4: `authorization`, `x-amz-date` and, for a session, `x-amz-security-token`. */
export async function signRequest(
  request: OutgoingRequest,
  { identity, region, service, at }: Signing,
): Promise<Readonly<Record<string, string>>> {
  const { SignatureV4 } = await import('@smithy/signature-v4')
  const { accessKeyId, secretAccessKey, sessionToken } = identity
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false })
  const { protocol, host, pathname, searchParams } = new URL(request.url)
  // Host and content type only: what else is sent may be changed on the way without making the signature wrong.
  const unsigned = {
    method: request.method,
    protocol,
    hostname: host,
    path: pathname,
    query: queryOf(searchParams),
    headers: { host, ...request.headers },
    body: request.body,
  }
  const { headers } = await signer.sign(unsigned, { signingDate: at })
  const added = Object.entries(headers).filter(([name]) => !Object.hasOwn(unsigned.headers, name))
  return Object.fromEntries(added)
}

function queryOf(params: URLSearchParams): Record<string, string[]> {
  const query: Record<string, string[]> = {}
  for (const [name, value] of params) (query[name] ??= []).push(value)
  return query
}

/** Node's SHA-256 as the signer wants it; with a secret it is an HMAC. */
class Sha256 {
  readonly #hash: Hash | Hmac
  constructor(secret?: SourceData) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: SourceData): void {
    this.#hash.update(bytesOf(data))
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }
}

function bytesOf(data: SourceData): Buffer {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)
}
