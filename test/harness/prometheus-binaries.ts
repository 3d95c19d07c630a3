import { dirname, join } from 'node:path'
import type { Availability } from './availability.ts'
import { findOnPath } from './find-on-path.ts'
import { isExecutable } from './is-executable.ts'

export interface PrometheusBinaries {
  readonly prometheus: string
  readonly promtool: string
}

const WHAT_TO_DO = 'install it (`apt-get install prometheus`), or set PROMETHEUS to its path, with promtool beside it'

/** Prometheus and promtool: from the path in PROMETHEUS, else from PATH. */
export async function prometheusBinaries(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Availability<PrometheusBinaries>> {
  const named = env['PROMETHEUS']
  const prometheus = named !== undefined && named !== '' ? named : await findOnPath('prometheus', env)
  if (prometheus === undefined) return { kind: 'unavailable', reason: `no prometheus on PATH: ${WHAT_TO_DO}` }
  const promtool = join(dirname(prometheus), 'promtool')
  for (const file of [prometheus, promtool]) {
    if (!(await isExecutable(file))) return { kind: 'unavailable', reason: `${file} cannot be run: ${WHAT_TO_DO}` }
  }
  return { kind: 'available', value: { prometheus, promtool } }
}
