import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Availability } from './availability.ts'
import { cacheDirectory } from './cache-directory.ts'
import { findOnPath } from './find-on-path.ts'
import { isExecutable } from './is-executable.ts'
import { withFileLock } from './with-file-lock.ts'

/** Prometheus 3.16: it cuts ranges otherwise than 2.x does. Debian has the older one. */
const VERSION = 'v0.316.0'
const PACKAGES = ['prometheus', 'promtool'].map((name) => `github.com/prometheus/prometheus/cmd/${name}@${VERSION}`)
const NO_GO =
  'no Prometheus 3 on this machine: set PROMETHEUS_3 to its path, with promtool beside it, or install Go 1.26 so that it can be built (once, about four minutes)'

const run = promisify(execFile)

/** From PROMETHEUS_3, else from the user's cache, else built with Go into that cache. */
export async function newerPrometheus(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Availability<{ readonly prometheus: string; readonly promtool: string }>> {
  const named = env['PROMETHEUS_3']
  const folder = named ? join(named, '..') : join(cacheDirectory(env), `prometheus-${VERSION}`)
  const found = { prometheus: named || join(folder, 'prometheus'), promtool: join(folder, 'promtool') }
  const there = async (): Promise<boolean> => (await isExecutable(found.prometheus)) && isExecutable(found.promtool)
  if (await there()) return { kind: 'available', value: found }
  if (named) return { kind: 'unavailable', reason: `${named}, or promtool beside it, cannot be run` }
  if ((await findOnPath('go', env)) === undefined) return { kind: 'unavailable', reason: NO_GO }
  await mkdir(cacheDirectory(env), { recursive: true })
  const failure = await withFileLock(`${folder}.lock`, async () =>
    (await there()) ? undefined : buildInto(folder, env),
  )
  if (failure !== undefined) return { kind: 'unavailable', reason: `Prometheus 3 could not be built: ${failure}` }
  return { kind: 'available', value: found }
}

async function buildInto(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  process.stderr.write(`test bed: building Prometheus 3 with Go, once (about four minutes when cold)\n`)
  const unfinished = await mkdtemp(`${folder}-`)
  try {
    await run('go', ['install', ...PACKAGES], {
      cwd: unfinished,
      env: { ...env, GOBIN: unfinished, CGO_ENABLED: '0', GOFLAGS: '-trimpath' },
      maxBuffer: 2 ** 24,
    })
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
    return undefined
  } catch (error) {
    return String(error).slice(-500)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
