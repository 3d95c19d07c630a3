import type { Availability } from '../../../harness/availability.ts'
import { findOnPath } from '../../../harness/find-on-path.ts'
import { isExecutable } from '../../../harness/is-executable.ts'

const WHAT_TO_DO = 'install it (`apt-get install chromium`), or set CHROMIUM to its path'

/** Chromium: from the path in CHROMIUM, else from PATH. */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Availability<string>> {
  const named = env['CHROMIUM']
  const file = named !== undefined && named !== '' ? named : await findOnPath('chromium', env)
  if (file === undefined) return { kind: 'unavailable', reason: `no chromium on PATH: ${WHAT_TO_DO}` }
  if (!(await isExecutable(file))) return { kind: 'unavailable', reason: `${file} cannot be run: ${WHAT_TO_DO}` }
  return { kind: 'available', value: file }
}
