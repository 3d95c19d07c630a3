import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTerminal } from '../flow/support/in-terminal.ts'
import { phraseOf } from '../flow/support/assistant.ts'
import { runProgram } from '../flow/support/run-program.ts'
import { moveIn, settle } from '../flow/support/settle.ts'
import { resourcesOf, web } from '../flow/support/workloads.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { openAuditLog } from '../harness/open-audit-log.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { ATTACKS } from './support/attacks.ts'

describeRealWithMetrics('the gate', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  beforeAll(async () => {
    home = await temporaryDirectory('gate')
  })
  afterAll(() => home.remove())
  const place = () => ({ controlPlane, prometheus, home: home.path })

  test.for(ATTACKS)(
    '$name is refused, and nothing is written for it',
    { timeout: 120_000 },
    async ({ run, approvedWrites }) => {
      const settled = await settle(place(), 'attack')
      const audit = await openAuditLog(controlPlane)
      try {
        expect(await run(settled)).toBe(false)
        // The API server's own record is the judge, not what our program says of itself.
        const { namespace } = settled.company
        expect(await audit.writes({ user: 'operator', namespace })).toHaveLength(approvedWrites)
        if (approvedWrites === 0)
          expect(await resourcesOf(controlPlane, namespace, 'web')).toEqual(web.containers?.['app'])
      } finally {
        await settled.company.stop()
      }
    },
  )

  // What the level `terminal` cannot tell: a program that plays a person at a pseudo-terminal. The threat model says so.
  test('a scripted pseudo-terminal does succeed at the level terminal', { timeout: 120_000 }, async () => {
    const { company, installation } = await moveIn(place(), 'scripted')
    const { policy: _, ...withoutPolicy } = installation
    try {
      const scan = await runProgram(['scan', '-n', company.namespace], withoutPolicy)
      expect(scan.code, scan.stderr).toBe(0)
      // Rows in alphabetical order: cache, web.
      const preview = await runProgram(['preview', '--rows', '2'], withoutPolicy)
      expect(preview.code, preview.stderr).toBe(0)
      const terminal = inTerminal(['apply'], withoutPolicy)
      terminal.types(phraseOf(await terminal.sees(/type exactly:\s+\S.*\S/)))
      expect(await terminal.exit, terminal.screen()).toBe(0)
      expect(await resourcesOf(controlPlane, company.namespace, 'web')).toMatchObject({ requests: { cpu: '100m' } })
    } finally {
      await company.stop()
    }
  })
})
