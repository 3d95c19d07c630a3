import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Scratch {
  readonly directory: string
  /** Writes a file there and returns its path. */
  write(name: string, content: string, mode?: number): Promise<string>
  remove(): Promise<void>
}

/** A directory of the test's own. */
export async function scratchDirectory(): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), 'krr-mcp-kubeconfig-'))
  return {
    directory,
    write: async (name, content, mode = 0o600) => {
      const path = join(directory, name)
      await writeFile(path, content, { mode })
      return path
    },
    remove: async () => await rm(directory, { recursive: true, force: true }),
  }
}

export interface KubeconfigSketch {
  readonly name?: string
  readonly cluster?: object
  readonly user?: object
  readonly current?: string
}

/** JSON is YAML: one context, cluster and user of the same name. */
export function kubeconfig({ name = 'test', cluster = {}, user = {}, current = name }: KubeconfigSketch = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server: `https://${name}.example:6443`, ...cluster } }],
    users: [{ name, user }],
  })
}
