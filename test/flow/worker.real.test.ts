import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { phraseOf, startAssistant, type Assistant } from './support/assistant.ts'
import { plan, untilFinal } from './support/conversation.ts'
import type { Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { settle } from './support/settle.ts'
import { resourcesOf } from './support/workloads.ts'

const host = { era: '2026-07-28', onForm: (message: string) => person(message) } as const
const person = (message: string) => ({ action: 'accept' as const, content: { answer: phraseOf(message) } })

/** Approves and applies a change of web; returns the execution's id. */
async function applied(assistant: Assistant, namespace: string): Promise<string> {
  const plan_id = await plan(assistant, namespace, { workload: 'web' })
  const confirmed = await assistant.call('request_confirmation', { plan_id })
  const { confirmation_token } = confirmed.answer.data as { confirmation_token: string }
  const started = await assistant.call('apply_recommendations', { confirmation_token, dry_run: false })
  return started.answer.data.execution_id as string
}

/** The process id of the worker that claimed an execution, once it has. */
async function workerOf({ stateDir }: Installation): Promise<number> {
  for (;;) {
    const db = new DatabaseSync(join(stateDir, 'journal.db'), { readOnly: true })
    const found = db.prepare('select pid from lease').get() as { pid: number } | undefined
    db.close()
    if (found) return found.pid
    await sleep(50)
  }
}

describeRealWithMetrics('the worker', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  beforeAll(async () => {
    home = await temporaryDirectory('worker')
  })
  afterAll(() => home.remove())
  const place = () => ({ controlPlane, prometheus, home: home.path })

  test('outlives the client that asked for it', { timeout: 120_000 }, async () => {
    const { company, installation } = await settle(place(), 'outlives')
    try {
      const first = await startAssistant(installation, host)
      const execution = await applied(first, company.namespace)
      await first.close()
      const second = await startAssistant(installation, host)
      const done = await untilFinal(second, execution)
      await second.close()
      expect(done.answer.status, done.text).toBe('succeeded')
    } finally {
      await company.stop()
    }
  })

  // Until workers can take over from one another: the truth on record, and a person.
  test('that is killed leaves an execution that needs a human', { timeout: 180_000 }, async () => {
    const { company, installation } = await settle(place(), 'killed')
    const patient = { ...installation, soakSeconds: 120 }
    const assistant = await startAssistant(patient, host)
    try {
      const execution = await applied(assistant, company.namespace)
      const worker = await workerOf(patient)
      while ((await resourcesOf(controlPlane, company.namespace, 'web')).requests?.['cpu'] !== '100m') await sleep(100)
      process.kill(worker, 'SIGKILL')
      const done = await untilFinal(assistant, execution)
      expect(done.answer.status, done.text).toBe('needs_human')
      expect(done.answer.data.reason).toMatch(/worker .* is gone/)
      // What was written can still be undone, by a plan and a decision of its own.
      expect(await resourcesOf(controlPlane, company.namespace, 'web')).toMatchObject({ requests: { cpu: '100m' } })
      const reverse = await assistant.call('rollback_changes', { execution_id: execution })
      expect(reverse.answer.status, reverse.text).toBe('proposed')
      const verified = await runProgram(['audit', 'verify'], installation)
      expect(verified.code, verified.stderr).toBe(0)
    } finally {
      await assistant.close()
      await company.stop()
    }
  })
})
