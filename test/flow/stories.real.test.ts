import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { openAuditLog } from '../harness/open-audit-log.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { ERAS, phraseOf, startAssistant } from './support/assistant.ts'
import { plan, untilFinal } from './support/conversation.ts'
import { inTerminal } from './support/in-terminal.ts'
import type { Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { settle, type Place } from './support/settle.ts'
import { cache, replicaSetsOf, resourcesOf, web } from './support/workloads.ts'

// Stories are told with a soak of 3 seconds instead of 5 minutes, and a rollout deadline of 30 seconds.
describeRealWithMetrics('stories', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  beforeAll(async () => {
    home = await temporaryDirectory('stories')
  })
  afterAll(() => home.remove())
  const place = (): Place => ({ controlPlane, prometheus, home: home.path })

  async function expectWholeJournal(installation: Installation): Promise<void> {
    const verified = await runProgram(['audit', 'verify'], installation)
    expect(verified.code, verified.stdout + verified.stderr).toBe(0)
    expect(verified.stdout).toContain('consistent')
  }

  const readsAndTypes = (message: string) => ({ action: 'accept' as const, content: { answer: phraseOf(message) } })

  test.each(ERAS)(
    'a healthy change is approved through the client and verified (%s)',
    { timeout: 180_000 },
    async (era) => {
      const { company, installation } = await settle(place(), 'healthy')
      const { namespace } = company
      const audit = await openAuditLog(controlPlane)
      const assistant = await startAssistant(installation, { era, onForm: readsAndTypes })
      try {
        const planId = await plan(assistant, namespace, { workload: 'web' })
        const confirmed = await assistant.call('request_confirmation', { plan_id: planId })
        expect(confirmed.answer.status, confirmed.text).toBe('approved')
        const confirmation_token = confirmed.answer.data.confirmation_token as string
        const tried = await assistant.call('apply_recommendations', { confirmation_token })
        expect(tried.answer.changed_cluster, tried.text).toBe('no')
        // Up to here, nothing but dry runs has reached the API server.
        expect(await audit.writes({ user: 'operator' })).toEqual([])
        const applied = await assistant.call('apply_recommendations', { confirmation_token, dry_run: false })
        expect(applied.answer.status, applied.text).toMatch(/queued|applying/)
        const done = await untilFinal(assistant, applied.answer.data.execution_id as string)
        expect(done.answer.status, done.text).toBe('succeeded')
        const again = await assistant.call('apply_recommendations', { confirmation_token, dry_run: false })
        expect(again.text).toContain('token_used')
        expect(await resourcesOf(controlPlane, namespace, 'web')).toEqual({
          requests: { cpu: '100m', memory: '173Mi' },
          limits: { memory: '2Gi' },
        })
        expect(await audit.writes({ user: 'operator', namespace })).toHaveLength(1)
        await expectWholeJournal(installation)
      } finally {
        await assistant.close()
        await company.stop()
      }
    },
  )

  test('a change that OOMs is rolled back by itself, onto the old ReplicaSet', { timeout: 180_000 }, async () => {
    const { company, installation } = await settle(place(), 'oom')
    const { namespace } = company
    const before = await replicaSetsOf(controlPlane, namespace, 'cache')
    const assistant = await startAssistant(installation, { era: '2026-07-28', onForm: readsAndTypes })
    try {
      const planId = await plan(assistant, namespace, { workload: 'cache', only: ['memory_requests', 'memory_limits'] })
      const confirmed = await assistant.call('request_confirmation', { plan_id: planId })
      const { confirmation_token } = confirmed.answer.data as { confirmation_token: string }
      const applied = await assistant.call('apply_recommendations', { confirmation_token, dry_run: false })
      const done = await untilFinal(assistant, applied.answer.data.execution_id as string)
      expect(done.answer.status, done.text).toBe('rolled_back')
      expect(done.text).toMatch(/OOM/i)
      expect(await resourcesOf(controlPlane, namespace, 'cache')).toEqual(cache.containers?.['app'])
      const after = await replicaSetsOf(controlPlane, namespace, 'cache')
      expect(after.serving).toEqual(before.serving)
      expect(after.all).toHaveLength(2)
      await expectWholeJournal(installation)
    } finally {
      await assistant.close()
      await company.stop()
    }
  })

  test('a person who refuses is final, and nothing is written', { timeout: 180_000 }, async () => {
    const { company, installation } = await settle(place(), 'refused')
    const { namespace } = company
    const audit = await openAuditLog(controlPlane)
    const assistant = await startAssistant(installation, { era: '2025-11-25', onForm: () => ({ action: 'decline' }) })
    try {
      const planId = await plan(assistant, namespace, { workload: 'web' })
      const asked = await assistant.call('request_confirmation', { plan_id: planId })
      // A host that declines may never have shown the form: that is not a person's no.
      expect(asked.answer.data.reason, asked.text).toBe('declined_or_not_shown')
      expect(asked.answer.data.confirmation_token).toBeUndefined()
      const refused = await runProgram(['refuse', planId], installation)
      expect(refused.code, refused.stderr).toBe(0)
      const later = await assistant.call('request_confirmation', { plan_id: planId })
      expect(later.answer.status, later.text).toBe('refused')
      expect(await resourcesOf(controlPlane, namespace, 'web')).toEqual(web.containers?.['app'])
      expect(await audit.writes({ user: 'operator' })).toEqual([])
      await expectWholeJournal(installation)
    } finally {
      await assistant.close()
      await company.stop()
    }
  })

  test('a person approves at a terminal, and later rolls back there', { timeout: 240_000 }, async () => {
    const { company, installation } = await settle(place(), 'terminal')
    const { namespace } = company
    const before = await replicaSetsOf(controlPlane, namespace, 'web')
    try {
      const scan = await runProgram(['scan', '-n', namespace], installation)
      expect(scan.code, scan.stderr).toBe(0)
      expect(scan.stdout).toContain('deployment/web/app')
      const json = await runProgram(['scan', '-n', namespace, '-f', 'json'], installation)
      const names = (JSON.parse(json.stdout) as { scans: { object: { name: string } }[] }).scans.map(
        (each) => each.object.name,
      )
      const preview = await runProgram(['preview', '--rows', String(names.indexOf('web') + 1)], installation)
      expect(preview.code, preview.stdout + preview.stderr).toBe(0)
      // Without a terminal nobody can decide.
      const piped = await runProgram(['apply'], installation)
      expect(piped.code).toBe(4)
      expect(piped.stderr).toContain('terminal')

      const apply = inTerminal(['apply'], installation)
      apply.types(phraseOf(await apply.sees(/type exactly:\s+\S.*\S/)))
      expect(await apply.exit, apply.screen()).toBe(0)
      expect(await resourcesOf(controlPlane, namespace, 'web')).toMatchObject({ requests: { cpu: '100m' } })

      const rollback = inTerminal(['rollback', '--apply'], installation)
      rollback.types(phraseOf(await rollback.sees(/type exactly:\s+\S.*\S/)))
      expect(await rollback.exit, rollback.screen()).toBe(0)
      expect(await resourcesOf(controlPlane, namespace, 'web')).toEqual(web.containers?.['app'])
      expect((await replicaSetsOf(controlPlane, namespace, 'web')).serving).toEqual(before.serving)
      const history = await runProgram(['history'], installation)
      expect(history.stdout.match(/x-[a-z0-9]{4}/g)).toHaveLength(2)
      await expectWholeJournal(installation)
    } finally {
      await company.stop()
    }
  })
})
