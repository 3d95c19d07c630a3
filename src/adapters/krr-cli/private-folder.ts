import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where one run of krr works, and what it may say at the gateway. */
export interface PrivateFolder {
  readonly path: string
  /** A file for this user alone: an argument could be read by every user of this machine. */
  readonly netrc: string
  readonly password: string
  remove(): Promise<void>
}

/** Also krr's working folder: it would take an `intro.txt`, and the version of a git repository, from ours. */
export async function privateFolder(): Promise<PrivateFolder> {
  const path = await mkdtemp(join(tmpdir(), 'krr-mcp-krr-'))
  const netrc = join(path, 'netrc')
  const password = randomBytes(24).toString('hex')
  const remove = async (): Promise<void> => await rm(path, { recursive: true, force: true, maxRetries: 3 })
  try {
    await writeFile(netrc, `machine 127.0.0.1 login krr password ${password}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    await remove()
    throw error
  }
  return { path, netrc, password, remove }
}
