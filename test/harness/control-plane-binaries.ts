import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Availability } from './availability.ts'
import { buildControlPlane } from './build-control-plane.ts'
import { cacheDirectory } from './cache-directory.ts'
import { findOnPath } from './find-on-path.ts'
import { isExecutable } from './is-executable.ts'
import { withFileLock } from './with-file-lock.ts'

export interface ControlPlaneBinaries {
  readonly etcd: string
  readonly apiServer: string
  readonly controllerManager: string
  readonly scheduler: string
  readonly kubectl: string
}

const MODULE = fileURLToPath(new URL('../../testbed/control-plane/', import.meta.url))
const SERVERS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']
const NO_GO =
  'no control plane on this machine: set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver, kube-controller-manager ' +
  'and kube-scheduler, or install Go 1.26 so that testbed/control-plane can be built (once, about five minutes)'

/** The control plane's programs: from KUBEBUILDER_ASSETS, else from the user's cache, else built with Go into that cache. */
export async function controlPlaneBinaries(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Availability<ControlPlaneBinaries>> {
  const assets = env['KUBEBUILDER_ASSETS']
  if (assets !== undefined && assets !== '') return await inFolder(assets, env)
  const folder = join(cacheDirectory(env), await cacheKey())
  const cached = await inFolder(folder, env)
  if (cached.kind === 'available') return cached
  if ((await findOnPath('go', env)) === undefined) return { kind: 'unavailable', reason: NO_GO }
  return await buildInto(folder, env)
}

async function inFolder(folder: string, env: NodeJS.ProcessEnv): Promise<Availability<ControlPlaneBinaries>> {
  const missing: string[] = []
  for (const name of SERVERS) if (!(await isExecutable(join(folder, name)))) missing.push(name)
  if (missing.length > 0) return { kind: 'unavailable', reason: `${folder} lacks ${missing.join(', ')}` }
  const kubectl = await findKubectl(folder, env)
  if (kubectl === undefined) {
    return { kind: 'unavailable', reason: `${folder} lacks kubectl, and neither KUBECTL nor PATH has one` }
  }
  const [etcd, apiServer, controllerManager, scheduler] = SERVERS.map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ]
  return { kind: 'available', value: { etcd, apiServer, controllerManager, scheduler, kubectl } }
}

async function findKubectl(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const file of [join(folder, 'kubectl'), env['KUBECTL'] ?? '']) if (await isExecutable(file)) return file
  return await findOnPath('kubectl', env)
}

/** `<version>-<hash>`: another version or another line of the module's source is another folder. */
async function cacheKey(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(MODULE, name)))
  return `${await kubernetesVersion()}-${hash.digest('hex').slice(0, 12)}`
}

async function kubernetesVersion(): Promise<string> {
  const found = /^\s*k8s\.io\/kubernetes (v\S+)$/m.exec(await readFile(join(MODULE, 'go.mod'), 'utf8'))
  if (found?.[1] === undefined) throw new Error('testbed/control-plane/go.mod does not require k8s.io/kubernetes')
  return found[1]
}

async function buildInto(folder: string, env: NodeJS.ProcessEnv): Promise<Availability<ControlPlaneBinaries>> {
  await mkdir(dirname(folder), { recursive: true })
  return await withFileLock(`${folder}.lock`, async () => {
    const builtMeanwhile = await inFolder(folder, env)
    if (builtMeanwhile.kind === 'available') return builtMeanwhile
    const unfinished = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
    try {
      const failure = await buildControlPlane({
        module: MODULE,
        version: await kubernetesVersion(),
        into: unfinished,
        env,
      })
      if (failure !== undefined) return { kind: 'unavailable', reason: failure }
      for (const name of [...SERVERS, 'kubectl']) await symlink('controlplane', join(unfinished, name))
      await rm(folder, { recursive: true, force: true })
      await rename(unfinished, folder)
    } finally {
      await rm(unfinished, { recursive: true, force: true })
    }
    return await inFolder(folder, env)
  })
}
