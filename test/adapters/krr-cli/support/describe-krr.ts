import { describe } from 'vitest'
import type { KrrCommand } from '../../../../src/adapters/krr-cli/krr-command.ts'
import { describeGolden } from '../../../harness/describe-golden.ts'
import type { GoldenWorldName } from '../../../harness/golden-world-files.ts'
import type { GoldenWorld } from '../../../harness/start-golden-world.ts'
import { installedKrr } from './installed-krr.ts'

const krr = await installedKrr()
// CI has none, so this is no failure; it is said, so that nobody takes a skip for a pass.
if (krr.kind === 'unavailable') process.stderr.write(`krr: suites that need it are skipped: ${krr.reason}\n`)

/** A suite on the krr of this machine; skipped where there is none. */
export function describeKrr(name: string, suite: (command: KrrCommand) => void): void {
  if (krr.kind === 'available') describe(name, () => suite(krr.value))
  else describe.skip(name, () => {})
}

/** The same on a golden world of its own. */
export function describeKrrOnGolden(
  name: GoldenWorldName,
  suite: (command: KrrCommand, world: () => GoldenWorld) => void,
): void {
  if (krr.kind === 'available') describeGolden(name, (world) => suite(krr.value, world))
  else describe.skip(`an installed krr on the world ${name.world}`, () => {})
}
