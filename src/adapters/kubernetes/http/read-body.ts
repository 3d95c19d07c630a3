import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** A body that is larger than allowed. */
export class BodyTooLarge extends Error {
  readonly code = 'BODY_TOO_LARGE'
}

/** The whole body as text, unpacked; rejects as soon as it is larger than `mostBytes` (also when only its unpacked form is). */
export async function readBody(body: Readable, encoding: string | undefined, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.length
      // A few kilobytes can unpack to gigabytes: counted while unpacking, not afterwards.
      if (size > mostBytes) throw new BodyTooLarge(`more than ${mostBytes} bytes`)
      chunks.push(chunk)
    }
  }
  if (encoding === 'gzip') await pipeline(body, createGunzip(), collect)
  else await pipeline(body, collect)
  return Buffer.concat(chunks).toString('utf8')
}
