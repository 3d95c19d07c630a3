import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ERAS, phraseOf, type Called, type Era, type FormAnswer } from '../../flow/support/assistant.ts'
import { rowOf } from '../../flow/support/conversation.ts'
import { flagsOf, type Installation } from '../../flow/support/program.ts'
import { adoptPolicy } from '../../flow/support/settle.ts'
import { quietUsage, web } from '../../flow/support/workloads.ts'
import { describeRealWithMetrics } from '../../harness/describe-real.ts'
import type { DeploymentSketch } from '../../harness/deployment.ts'
import { freePorts } from '../../harness/free-ports.ts'
import { startCompany, type Company } from '../../harness/start-company.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../../harness/temporary-directory.ts'
import { WAYS } from './support/matrix.ts'
import { startServing, type Serving, type Start } from './support/serving.ts'

/** Too many changes for a form: two for each container. */
const wide: DeploymentSketch = {
  name: 'wide',
  containers: Object.fromEntries(
    ['one', 'two', 'three', 'four', 'five'].map((name) => [name, { requests: { cpu: '300m', memory: '512Mi' } }]),
  ),
}

// One company for all of it: only plans are new, and nothing is applied.
describeRealWithMetrics('asking a person, with the built program', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let company: Company
  let installation: Installation
  /** Everything that must stay where it was shown or handed out. */
  const phrases: string[] = []
  const tokens: string[] = []
  const texts: string[] = []
  const servings: Serving[] = []

  beforeAll(async () => {
    home = await temporaryDirectory('asking')
    company = await startCompany(controlPlane, prometheus, {
      name: 'asking',
      workloads: [web, wide],
      usage: quietUsage,
    })
    const policy = join(home.path, 'policy.yaml')
    await writeFile(policy, `client_namespaces: [${company.namespace}]\n`, { mode: 0o600 })
    const stateDir = join(home.path, 'state')
    const kubeconfig = controlPlane.kubeconfigFiles.operator
    installation = { kubeconfig, prometheusUrl: company.prometheusUrl, stateDir, policy }
    await adoptPolicy(installation)
  })
  afterAll(async () => {
    await company.stop()
    await home.remove()
  })

  type Given = Partial<Installation> & Pick<Start, 'onForm'>
  async function serving(era: Era, { onForm, ...other }: Given): Promise<Serving> {
    const flags = flagsOf({ ...installation, ...other })
    const started = await startServing({ era, flags, ...(onForm ? { onForm } : {}) })
    onTestFinished(() => started.close())
    servings.push(started)
    return started
  }
  const say = async ({ call }: Serving, tool: string, args: Record<string, unknown>): Promise<Called> => {
    const called = await call(tool, args)
    texts.push(called.text)
    return called
  }
  async function plan(host: Serving, workload: string): Promise<string> {
    const scan = await say(host, 'scan_recommendations', { namespaces: [company.namespace] })
    expect(scan.answer?.status, scan.text).toBe('done')
    const rows = scan.answer.data.rows as { row: number; container: string }[]
    const chosen = rows.filter((row) => row.container.startsWith(`deployment/${workload}/`)).map(({ row }) => row)
    expect(chosen).toContain(rowOf(scan, workload))
    const args = { scan_id: scan.answer.data.scan_id as string, rows: chosen }
    const preview = await say(host, 'preview_changes', args)
    expect(preview.answer?.status, preview.text).toBe('proposed')
    return preview.answer.data.plan_id as string
  }
  function expectWaiting({ text, answer }: Called, plan_id: string, reason: string): void {
    expect(answer, text).toMatchObject({
      status: 'waiting_for_human',
      changed_cluster: 'no',
      data: { plan_id, reason },
    })
    expect(answer.data.confirmation_token).toBeUndefined()
    expect(text).not.toMatch(/krr-[\w-]{43}/)
    expect(answer.next[0]).toEqual({ command: expect.stringContaining(`approve ${plan_id}`), for: 'person' })
  }

  test.for(ERAS.flatMap((era) => WAYS.map((way) => ({ ...way, era }))))('$name ($era)', async (way) => {
    const seen: string[] = []
    const onForm = (message: string): FormAnswer => {
      seen.push(message)
      phrases.push(phraseOf(message))
      return (way.answers[seen.length - 1] ?? (() => ({ action: 'cancel' })))(message)
    }
    const host = await serving(way.era, { onForm })
    expect(host.client.getNegotiatedProtocolVersion()).toBe(way.era)
    const plan_id = await plan(host, 'web')
    const called = await say(host, 'request_confirmation', { plan_id })
    expect(seen).toHaveLength(way.answers.length)
    if (way.reason === undefined) {
      expect(called.answer?.status, called.text).toBe('approved')
      expect(called.answer.data.confirmation_token).toMatch(/^krr-[\w-]{43}$/)
      tokens.push(called.answer.data.confirmation_token as string)
      return
    }
    expectWaiting(called, plan_id, way.reason)
    const later = await say(host, 'request_confirmation', { plan_id })
    expectWaiting(later, plan_id, way.reason)
    expect(seen).toHaveLength(way.answers.length + (way.again === true ? 1 : 0))
  })

  test.each(ERAS)('a client without forms is told which command a person runs (%s)', async (era) => {
    const host = await serving(era, {})
    const plan_id = await plan(host, 'web')
    expectWaiting(await say(host, 'request_confirmation', { plan_id }), plan_id, 'client_cannot_ask')
  })

  test.each(ERAS)('a plan that is too long for a form is answered at a terminal (%s)', async (era) => {
    const host = await serving(era, { onForm: () => ({ action: 'accept', content: { answer: 'yes' } }) })
    const plan_id = await plan(host, 'wide')
    expectWaiting(await say(host, 'request_confirmation', { plan_id }), plan_id, 'too_long_for_form')
  })

  test.each(ERAS)('without a policy file the terminal is asked for, and no form is shown (%s)', async (era) => {
    const stateDir = join(home.path, `strict-${era}`)
    const { policy: _, ...withoutPolicy } = installation
    let shown = 0
    const onForm = (): FormAnswer => {
      shown += 1
      return { action: 'accept', content: { answer: 'yes' } }
    }
    const host = await startServing({ era, flags: flagsOf({ ...withoutPolicy, stateDir }), onForm })
    onTestFinished(() => host.close())
    const plan_id = await plan(host, 'web')
    expectWaiting(await say(host, 'request_confirmation', { plan_id }), plan_id, 'terminal_required')
    expect(shown).toBe(0)
  })

  test.each(ERAS)('a person who takes longer than the client waits for a call (%s)', async (era) => {
    let shown = 0
    const onForm = async (message: string): Promise<FormAnswer> => {
      shown += 1
      phrases.push(phraseOf(message))
      if (shown === 1) await new Promise((resolve) => setTimeout(resolve, 1_500))
      return { action: 'accept', content: { answer: phraseOf(message) } }
    }
    const host = await serving(era, { onForm })
    const plan_id = await plan(host, 'web')
    const given = { name: 'request_confirmation', arguments: { plan_id } }
    const first = await host.client.callTool(given, { timeout: 700 }).catch((error: unknown) => String(error))
    if (era === '2026-07-28') {
      // Between two calls there is nothing to give up: a person may take longer than a client waits for a call.
      expect(JSON.stringify(first)).toContain('approved')
      return
    }
    expect(first).toMatch(/timed out/i)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const looked = await say(host, 'preview_changes', { plan_id })
    expect(looked.answer.status, 'a late yes is none').toBe('proposed')
    expect((await say(host, 'request_confirmation', { plan_id })).answer.status).toBe('approved')
    expect(shown).toBe(2)
  })

  test('a policy that does not parse any more is said, and nothing is asked', async () => {
    const policy = join(home.path, 'broken.yaml')
    await writeFile(policy, 'client_namespaces: [', { mode: 0o600 })
    let shown = 0
    const onForm = (): FormAnswer => {
      shown += 1
      return { action: 'cancel' }
    }
    const plan_id = await plan(await serving('2026-07-28', {}), 'web')
    const host = await serving('2026-07-28', { policy, onForm })
    const called = await say(host, 'request_confirmation', { plan_id })
    expect(called).toMatchObject({ isError: true, text: expect.stringMatching(/^policy_invalid: .* Next: /s) })
    expect(shown).toBe(0)
  })

  test('a Prometheus that is not reachable is said by a scan, and hides nothing else', async () => {
    const [port] = await freePorts(1)
    const prometheusUrl = `http://127.0.0.1:${port}`
    const host = await serving('2026-07-28', { prometheusUrl })
    const scan = await say(host, 'scan_recommendations', { namespaces: [company.namespace] })
    expect(scan).toMatchObject({ isError: true, text: expect.stringMatching(/^prometheus_unreachable: .* Next: /s) })
    const stays = await say(host, 'get_execution', {})
    expect(stays.answer.headline).toBe('There are no executions.')
  })

  test('what was typed is in no result, no log and no file; the token is in its result alone', async () => {
    expect(phrases.length).toBeGreaterThan(20)
    expect(tokens).toHaveLength(4)
    const words = phrases.map((phrase) => phrase.split(' ').at(-1) ?? phrase)
    const log = servings.map(({ stderr }) => stderr()).join('')
    expect(log).toContain('request_confirmation')
    const states = servings.flatMap((each) => each.states())
    expect(states.length, 'a state for each form of the 2026 era').toBeGreaterThan(10)
    expect(states.join('')).toContain('"question":"q-')
    const files: string[] = []
    for (const name of await readdir(installation.stateDir, { recursive: true, withFileTypes: true }))
      if (name.isFile()) files.push((await readFile(join(name.parentPath, name.name))).toString('latin1'))
    expect(files.join('')).toContain('question_asked')
    for (const secret of [...words, ...tokens])
      for (const place of [log, ...files, ...states])
        expect(place.includes(secret), `${secret} is where it should not be`).toBe(false)
    for (const word of words) expect(texts.filter((text) => text.includes(word))).toEqual([])
    for (const token of tokens) expect(texts.filter((text) => text.includes(token))).toHaveLength(1)
  })
})
