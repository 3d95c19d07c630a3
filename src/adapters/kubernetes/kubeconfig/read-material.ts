import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { failed, ok, type Result } from '../../../model/result.ts'
import { credentialFailed } from './credential-failed.ts'

/** A field pair of a kubeconfig: base64 data, or a file beside the kubeconfig; data wins, as for kubectl. */
export interface Material {
  readonly what: string
  readonly data?: string | undefined
  readonly path?: string | undefined
  /** The kubeconfig that names the file. */
  readonly relativeTo: string
}

/** The text behind a field pair; undefined when neither is set. Read anew at each call: files are rotated. */
export async function readMaterial({ what, data, path, relativeTo }: Material): Promise<Result<string | undefined>> {
  if (data) return decode(what, data)
  if (!path) return ok(undefined)
  const file = resolve(dirname(relativeTo), path)
  try {
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return failed(
      credentialFailed(
        `The ${what} ${file} cannot be read (${code}).`,
        `Check that ${file} exists and that you may read it.`,
      ),
    )
  }
}

function decode(what: string, data: string): Result<string> {
  const compact = data.replaceAll(/\s/g, '')
  // Buffer passes over what is not base64; a damaged key must be named here and not fail later as a TLS riddle.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    return failed(
      credentialFailed(`The ${what} in the kubeconfig is not base64.`, 'Check the field that ends with `-data`.'),
    )
  return ok(Buffer.from(compact, 'base64').toString('utf8'))
}
