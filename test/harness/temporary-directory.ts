import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tellReaper } from './reaper.ts'

export interface TemporaryDirectory {
  readonly path: string
  readonly remove: () => Promise<void>
}

/** A folder for one run, removed by `remove` or, at the latest, when this process is gone. */
export async function temporaryDirectory(purpose: string): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), `krr-mcp-${purpose}-`))
  tellReaper({ kind: 'made', path })
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 5 })
      tellReaper({ kind: 'removed', path })
    },
  }
}
