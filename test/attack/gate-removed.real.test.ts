import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from '../flow/support/settle.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { attackNamed } from './support/attacks.ts'
import { REMOVALS } from './support/removals.ts'
import { buildWithout } from './support/without-rule.ts'

// Each rule is worth something: in a copy of the program without it, an attack gets through that the real one refuses.
describeRealWithMetrics('the gate with a rule taken out', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  beforeAll(async () => {
    home = await temporaryDirectory('removed')
  })
  afterAll(() => home.remove())

  test.for(REMOVALS)('without "$rule", this gets through: $attack', { timeout: 180_000 }, async (removal) => {
    const copy = join(home.path, `copy-${REMOVALS.indexOf(removal)}`)
    await mkdir(copy)
    const program = await buildWithout(removal, copy)
    const { company, installation } = await settle({ controlPlane, prometheus, home: home.path }, 'removed')
    try {
      expect(await attackNamed(removal.attack).run({ company, installation: { ...installation, program } })).toBe(true)
    } finally {
      await company.stop()
    }
  })
})
