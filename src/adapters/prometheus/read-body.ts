import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Thrown when a body is longer than the cap: a small compressed answer can be a very large one. */
export class BodyTooLarge extends Error {}
/** Thrown when a body ends before its end, or is not compressed as its header says. */
export class BodyCutOff extends Error {}

/** The whole body as text, decompressed, at most `cap` bytes of it. */
export async function readBody(body: Readable, encoding: string, cap: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of whole(decoded(body, encoding))) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > cap) {
      body.destroy()
      throw new BodyTooLarge()
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function decoded(body: Readable, encoding: string): Readable {
  if (encoding !== 'gzip') return body
  const gunzip = createGunzip()
  body.on('error', (cause) => gunzip.destroy(cause))
  return body.pipe(gunzip)
}

async function* whole(body: Readable): AsyncGenerator {
  try {
    yield* body
  } catch (cause) {
    throw CUT_OFF.has(String(Reflect.get(Object(cause), 'code'))) ? new BodyCutOff() : cause
  }
}
const CUT_OFF = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ECONNRESET',
  'Z_BUF_ERROR',
  'Z_DATA_ERROR',
])
