import { describe, expect, test } from 'vitest'
import { problem } from '../../../src/model/problem.ts'
import { ERAS, phraseOf } from '../../flow/support/assistant.ts'
import { startHost } from './support/host.ts'
import { makeRoom, WEB } from './support/room.ts'

const typesIt = (message: string) => ({ action: 'accept' as const, content: { answer: phraseOf(message) } })

describe.each(ERAS)('a conversation (%s)', (era) => {
  test('goes from a stored scan to a queued execution, and says at each step what is next', async () => {
    const room = await makeRoom()
    const { call } = await startHost({ era, room, onForm: typesIt })

    const scan = await call('scan_recommendations', { scan_id: 's-7k3m' })
    expect(scan.answer).toMatchObject({
      status: 'done',
      changed_cluster: 'no',
      cluster: { name: 'production', source: 'live' },
    })
    expect(scan.answer.next).toContainEqual({ tool: 'preview_changes', arguments: { scan_id: 's-7k3m', rows: [1] } })
    const explained = await call('explain_recommendation', { row: 1 })
    expect(explained.answer).toMatchObject({ status: 'done', data: { scan_id: 's-7k3m', row: 1 } })

    const preview = await call('preview_changes', { scan_id: 's-7k3m', rows: [1] })
    expect(preview.answer.status, preview.text).toBe('proposed')
    const { plan_id } = preview.answer.data as { plan_id: string }
    expect(preview.answer.data).toMatchObject({
      chosen: 1,
      left_out: 0,
      totals: { workloads: 1, pods_affected: 1, cpu_request_change_millicores: -750, memory_request_change_mib: -768 },
      steps: [
        {
          workload: 'deployment/web',
          changes: [
            { container: 'app', field: 'cpu_requests', before: '1', after: '250m', change_percent: -75 },
            { container: 'app', field: 'memory_requests', before: '1Gi', after: '256Mi', change_percent: -75 },
          ],
        },
      ],
    })
    const again = await call('preview_changes', { plan_id: plan_id.toUpperCase() })
    expect(again.answer).toEqual(preview.answer)

    const confirmed = await call('request_confirmation', { plan_id })
    expect(confirmed.answer.status, confirmed.text).toBe('approved')
    const { confirmation_token } = confirmed.answer.data as { confirmation_token: string }
    for (const _ of [1, 2]) {
      const tried = await call('apply_recommendations', { confirmation_token })
      expect(tried.answer).toMatchObject({ status: 'approved', changed_cluster: 'no', data: { dry_run: true } })
    }
    const applied = await call('apply_recommendations', { confirmation_token, dry_run: false })
    expect(applied.answer).toMatchObject({ status: 'queued', changed_cluster: 'no', data: { plan_id } })
    const { execution_id } = applied.answer.data as { execution_id: string }
    const used = await call('apply_recommendations', { confirmation_token, dry_run: false })
    expect(used).toMatchObject({ isError: true, text: expect.stringContaining('token_used') })
    const refused = await call('request_confirmation', { plan_id })
    expect(refused.answer).toMatchObject({ status: 'applied', data: { reason: 'plan_applied' } })

    const listed = await call('get_execution')
    expect(listed.answer).toMatchObject({
      status: 'done',
      data: { executions: [{ execution_id, plan_id, status: 'queued' }] },
    })
    const waited = await call('get_execution', { execution_id, wait_seconds: 0.3 })
    expect(waited.answer.data).toEqual({ execution_id, unchanged: true, ask_again_after_seconds: 10 })
    const stopped = await call('stop_execution', { execution_id })
    expect(stopped.answer).toMatchObject({ status: 'queued', data: { execution_id, stop_requested: true } })
    const rollback = await call('rollback_changes', { execution_id })
    expect(rollback.answer).toMatchObject({ status: 'blocked', data: { reason: 'not_undoable' } })
  })

  test('is on record under the name that the client gives itself', async () => {
    const room = await makeRoom()
    const { call } = await startHost({ era, room })
    await call('preview_changes', { rows: [1] })
    const entries = await room.ports.journal.entries(0)
    expect(entries.ok && entries.value.at(-1)).toMatchObject({
      actor: { kind: 'agent', client: 'host 1.0.0', osUser: 'ada' },
      event: { kind: 'plan_proposed' },
    })
  })

  test.each<readonly [string, Record<string, unknown>]>([
    ['no rows and no plan', {}],
    ['an empty choice', { rows: [] }],
    ['no fields', { rows: [1], only: [] }],
    ['both rows and a plan', { rows: [1], plan_id: 'p-abcd' }],
  ])('never takes %s for everything', async (_, args) => {
    const room = await makeRoom()
    const { call } = await startHost({ era, room })
    expect(await call('preview_changes', args)).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^nothing_chosen: /),
    })
    expect((await room.events()).map(({ kind }) => kind)).not.toContain('plan_proposed')
  })

  test('goes on when what was missing is there', async () => {
    const room = await makeRoom()
    await room.change({ objects: [], problem: problem('no_kubeconfig', 'There is no kubeconfig.', 'Name one.') })
    const { call } = await startHost({ era, room })
    expect(await call('preview_changes', { rows: [1] })).toMatchObject({
      isError: true,
      text: 'no_kubeconfig: There is no kubeconfig. Next: Name one.',
    })
    await room.change({ objects: [WEB] })
    expect((await call('preview_changes', { rows: [1] })).answer.status).toBe('proposed')
  })

  test('tells nothing of a bug but the number under which it is logged', async () => {
    const room = await makeRoom()
    await room.change({ objects: [], bug: 'secret of the inside' })
    const { call, log } = await startHost({ era, room })
    const { isError, text } = await call('preview_changes', { rows: [1] })
    expect(isError).toBe(true)
    expect(text).not.toMatch(/secret|\bat .*:\d+/)
    const [id] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text) ?? []
    const line = log()
      .split('\n')
      .find((each) => each.includes('secret of the inside'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ id, operation: 'preview_changes' })
  })
})
