import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { EVALUATED_AT } from '../sizes.ts'
import type { Bench } from '../bench.ts'
import type { Measured } from './measured.ts'
import { runMeasured } from './run-measured.ts'

/** `krr-mcp scan` as a user runs it: its start, its journal and its JSON included. */
export async function scanWithOurs({ program, folder, world, proxy }: Bench): Promise<Measured> {
  const stateDir = await mkdtemp(join(folder, 'state-'))
  const { kubeconfigFile } = world.controlPlane
  const args = ['scan', '--kubeconfig', kubeconfigFile, '--prometheus-url', proxy.url, '--state-dir', stateDir]
  const settings = ['--history_duration', String(world.size.days * 24), '--at', String(EVALUATED_AT), '-f', 'json']
  const measured = await runMeasured(
    { command: [process.execPath, program, ...args, ...settings], environment: environmentIn(folder), folder },
    { proxy, prometheus: world.prometheus },
  )
  const { scans } = JSON.parse(measured.stdout) as { readonly scans: readonly unknown[] }
  return { ...measured, rows: scans.length }
}

/** Nothing of the developer's own set-up. */
export const environmentIn = (folder: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  XDG_CACHE_HOME: join(folder, 'cache'),
  LANG: 'C.UTF-8',
})
