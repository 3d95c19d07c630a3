import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { openAuditLog } from '../harness/open-audit-log.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { ERAS, phraseOf, startAssistant, type Assistant, type Called } from './support/assistant.ts'
import { startCompany, type Company } from '../harness/start-company.ts'
import { inTerminal } from './support/in-terminal.ts'
import type { Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { cache, quietUsage, replicaSetsOf, resourcesOf, web } from './support/workloads.ts'

// Stories are told with a soak of 3 seconds instead of 5 minutes, and a rollout deadline of 30 seconds.
describeRealWithMetrics('stories', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  beforeAll(async () => {
    home = await temporaryDirectory('stories')
  })
  afterAll(() => home.remove())

  /** A company, and a policy under which its namespace may be decided through the client, adopted by a person. */
  async function settle(name: string): Promise<{ company: Company; installation: Installation }> {
    const company = await startCompany(controlPlane, prometheus, { name, workloads: [web, cache], usage: quietUsage })
    const directory = join(home.path, company.namespace)
    await mkdir(directory)
    const policy = join(directory, 'policy.yaml')
    await writeFile(policy, `client_namespaces: [${company.namespace}]\n`, { mode: 0o600 })
    const installation = {
      kubeconfig: controlPlane.kubeconfigFiles.operator,
      prometheusUrl: company.prometheusUrl,
      stateDir: join(directory, 'state'),
      policy,
    }
    const terminal = inTerminal(['policy', 'adopt'], installation)
    terminal.types(phraseOf(await terminal.sees(/type exactly:\s+\S.*\S/)))
    expect(await terminal.exit, terminal.screen()).toBe(0)
    return { company, installation }
  }

  const rowOf = (scan: Called, workload: string): number => {
    const rows = scan.answer.data.rows as { row: number; container: string }[]
    const found = rows.find((row) => row.container.startsWith(`deployment/${workload}/`))
    if (!found) throw new Error(`no row of ${workload} in ${scan.text}`)
    return found.row
  }

  async function plan(
    assistant: Assistant,
    namespace: string,
    wish: { workload: string; only?: string[] },
  ): Promise<string> {
    const scan = await assistant.call('scan_recommendations', { namespaces: [namespace] })
    expect(scan.answer.status, scan.text).toBe('done')
    const rows = [rowOf(scan, wish.workload)]
    const explained = await assistant.call('explain_recommendation', {
      scan_id: scan.answer.data.scan_id,
      row: rows[0],
    })
    expect(explained.answer.status, explained.text).toBe('done')
    const chosen = { scan_id: scan.answer.data.scan_id, rows, ...(wish.only ? { only: wish.only } : {}) }
    const preview = await assistant.call('preview_changes', chosen)
    expect(preview.answer.status, preview.text).toBe('proposed')
    return preview.answer.data.plan_id as string
  }

  async function untilFinal(assistant: Assistant, execution: string): Promise<Called> {
    for (;;) {
      const seen = await assistant.call('get_execution', { execution_id: execution, wait_seconds: 20 })
      if (!['queued', 'applying', 'soaking', 'rolling_back'].includes(seen.answer.status)) return seen
    }
  }

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
      const { company, installation } = await settle('healthy')
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
    const { company, installation } = await settle('oom')
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
    const { company, installation } = await settle('refused')
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
    const { company, installation } = await settle('terminal')
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
