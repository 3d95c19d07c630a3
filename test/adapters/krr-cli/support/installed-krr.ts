import type { KrrCommand } from '../../../../src/adapters/krr-cli/krr-command.ts'
import { krrCommand } from '../../../../src/adapters/krr-cli/krr-command.ts'
import type { Availability } from '../../../harness/availability.ts'
import { findOnPath } from '../../../harness/find-on-path.ts'

/** The krr that KRR names, else the one on PATH. One that is named and does not run is a failure, not a reason to skip. */
export async function installedKrr(env: NodeJS.ProcessEnv = process.env): Promise<Availability<KrrCommand>> {
  const named = krrCommand(env['KRR'])
  if (!named.ok) throw new Error(named.problem.message)
  if (env['KRR'] !== undefined || (await findOnPath('krr', env))) return { kind: 'available', value: named.value }
  const reason = 'no krr on this machine: install it, or set KRR to the words that start it'
  return { kind: 'unavailable', reason }
}
