import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { deployment } from '../harness/deployment.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { freePorts } from '../harness/free-ports.ts'
import { makeNamespace } from '../harness/make-namespace.ts'
import { metricHistory } from '../harness/metric-history.ts'
import { observePods } from '../harness/observe-pods.ts'
import { openAuditLog } from '../harness/open-audit-log.ts'
import { startControlPlane } from '../harness/start-control-plane.ts'
import { startPrometheus } from '../harness/start-prometheus.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { waitForRollout } from '../harness/wait-for-rollout.ts'
import { phraseOf, startAssistant, type Assistant } from './support/assistant.ts'
import { plan, untilFinal } from './support/conversation.ts'
import { inTerminal } from './support/in-terminal.ts'
import { programOf, type Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { settle, type Settled } from './support/settle.ts'
import { quietUsage } from './support/workloads.ts'

const WRONG_TOKEN = 'wrong-token-that-nobody-has'
const readsAndTypes = (message: string) => ({ action: 'accept' as const, content: { answer: phraseOf(message) } })

describeRealWithMetrics('what a user can get wrong has its sentence', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let settled: Settled
  let onEnd = async (): Promise<void> => {}
  beforeAll(async () => {
    home = await temporaryDirectory('sentences')
    settled = await settle({ controlPlane, prometheus, home: home.path }, 'sentences')
    await allowNamespaces()
  })
  /** A viewer who may look at namespaces, and at nothing in them. */
  async function allowNamespaces(): Promise<void> {
    const { api } = settled.company
    const rbac = '/apis/rbac.authorization.k8s.io/v1'
    const metadata = { name: settled.company.namespace }
    const rules = [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }]
    await api.post(`${rbac}/clusterroles`, { metadata, rules })
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name }
    const subjects = [{ apiGroup: roleRef.apiGroup, kind: 'User', name: 'viewer' }]
    await api.post(`${rbac}/clusterrolebindings`, { metadata, roleRef, subjects })
    onEnd = async () => {
      await api.delete(`${rbac}/clusterrolebindings/${metadata.name}`)
      await api.delete(`${rbac}/clusterroles/${metadata.name}`)
    }
  }
  afterAll(async () => {
    await onEnd()
    await settled.company.stop()
    await home.remove()
  })

  /** A copy of a kubeconfig with something else in it. */
  async function kubeconfig(name: string, edit: (text: string) => string = (text) => text): Promise<string> {
    const file = join(home.path, `${name}.kubeconfig`)
    await writeFile(file, edit(await readFile(controlPlane.kubeconfigFiles.operator, 'utf8')), { mode: 0o600 })
    return file
  }

  /** The program without an option that every story gives, or with one more. */
  async function bent(name: string, { drop = '', add = [] }: { drop?: string; add?: string[] }): Promise<string> {
    const file = join(home.path, `${name}.mjs`)
    const program = JSON.stringify(pathToFileURL(programOf(settled.installation)).href)
    const cut = `const at = process.argv.indexOf(${JSON.stringify(drop)})\nif (at > 0) process.argv.splice(at, 2)`
    await writeFile(file, `${cut}\nprocess.argv.push(...${JSON.stringify(add)})\nawait import(${program})\n`)
    return file
  }

  async function assistantOf(installation: Installation, tokens?: 'answers forms'): Promise<Assistant> {
    const assistant = await startAssistant(installation, {
      era: '2026-07-28',
      ...(tokens === undefined ? {} : { onForm: readsAndTypes }),
    })
    onTestFinished(() => assistant.close())
    return assistant
  }

  function expectClean(said: string): void {
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(said).not.toMatch(/\b(TypeError|ReferenceError|AssertionError|undefined|\[object )\b/)
    for (const secret of [WRONG_TOKEN, ...Object.values(controlPlane.tokens)]) expect(said).not.toContain(secret)
  }

  interface Trouble {
    readonly name: string
    readonly installation: () => Promise<Partial<Installation>>
    readonly command?: readonly string[]
    readonly tool?: readonly [name: string, args: Record<string, unknown>]
    readonly code?: number
    readonly reason: string
    readonly message: readonly (string | RegExp)[]
    readonly next: readonly (string | RegExp)[]
  }
  const unreachable = async (): Promise<string> => `127.0.0.1:${(await freePorts(1))[0]}`
  const SEARCHED = [/There is no \w+ "\S+" in \S+\/state/]
  const TROUBLES: readonly Trouble[] = [
    {
      name: 'no kubeconfig where one was named',
      installation: async () => Promise.resolve({ kubeconfig: join(home.path, 'missing') }),
      reason: 'no_kubeconfig',
      message: [/kubeconfig/, 'missing'],
      next: ['--kubeconfig'],
    },
    {
      name: 'no kubeconfig at all',
      installation: async () => ({ program: await bent('no-kubeconfig', { drop: '--kubeconfig' }) }),
      reason: 'no_kubeconfig',
      message: [/\.kube\/config/],
      next: ['--kubeconfig'],
    },
    {
      name: 'no such context',
      installation: async () => ({ program: await bent('no-context', { add: ['--context', 'nope'] }) }),
      reason: 'no_such_context',
      message: ['nope', /are: testbed/],
      next: ['--context'],
    },
    {
      name: 'an API server that cannot be reached',
      installation: async () => {
        const address = await unreachable()
        return { kubeconfig: await kubeconfig('away', (text) => text.replace(/127\.0\.0\.1:\d+/, address)) }
      },
      reason: 'api_unreachable',
      message: ['cannot be reached', '127.0.0.1', 'ECONNREFUSED'],
      next: ['kubectl', '/readyz'],
    },
    {
      name: 'a token that is not accepted',
      installation: async () => ({
        kubeconfig: await kubeconfig('wrong', (text) => text.replace(controlPlane.tokens.operator, WRONG_TOKEN)),
      }),
      reason: 'api_unauthorized',
      message: ['credential', 'testbed', 'not accepted'],
      next: ['Log in', 'auth whoami'],
    },
    {
      name: 'a user who may not read',
      installation: async () => Promise.resolve({ kubeconfig: controlPlane.kubeconfigFiles.stranger }),
      reason: 'api_forbidden',
      message: [/You may not (get|list) [\w./]+ in /],
      next: ['auth can-i'],
    },
    {
      name: 'no Prometheus',
      installation: async () => ({ program: await bent('no-prometheus', { drop: '--prometheus-url' }) }),
      reason: 'prometheus_not_found',
      message: ['No Prometheus'],
      next: ['--prometheus-url', 'KRR_MCP_PROMETHEUS_URL'],
    },
    {
      name: 'a Prometheus that cannot be reached',
      installation: async () => ({ prometheusUrl: `http://${await unreachable()}` }),
      reason: 'prometheus_unreachable',
      message: [/Prometheus at http:\/\/127\.0\.0\.1:\d+ cannot be reached/],
      next: ['--prometheus-url'],
    },
    ...(['scan', 'plan', 'execution'] as const).map((what): Trouble => {
      const id = `${what === 'execution' ? 'x' : what.charAt(0)}-zzzz`
      const asked = {
        scan: { command: ['explain', '1', '--scan', id], tool: ['explain_recommendation', { scan_id: id, row: 1 }] },
        plan: { command: ['show', id], tool: ['preview_changes', { plan_id: id }] },
        execution: { command: ['watch', id], tool: ['get_execution', { execution_id: id }] },
      } as const
      return {
        name: `an unknown ${what}`,
        installation: async () => Promise.resolve({}),
        ...asked[what],
        reason: 'unknown_id',
        message: what === 'plan' ? [/There is no .*plan.* "p-zzzz" in \S+\/state/] : SEARCHED,
        next: ['--state-dir'],
      }
    }),
    {
      name: 'a setting that is out of bounds',
      installation: async () => ({ program: await bent('bad-soak', { add: ['--soak', 'long'] }) }),
      code: 2,
      reason: 'bad_setting',
      message: ['--soak', 'seconds', 'long'],
      next: [/./],
    },
  ]

  function expectSaid(said: string, words: readonly (string | RegExp)[]): void {
    for (const word of words)
      if (typeof word === 'string') expect(said).toContain(word)
      else expect(said).toMatch(word)
  }

  test.for(TROUBLES)('$name', { timeout: 120_000 }, async (trouble) => {
    const installation = { ...settled.installation, ...(await trouble.installation()) }
    const { command = ['scan'], tool: [tool, args] = ['scan_recommendations', {}], code = 1 } = trouble
    const ran = await runProgram(command, installation)
    expect({ code: ran.code, stdout: ran.stdout }, ran.stderr).toEqual({ code, stdout: '' })
    const [error = '', next = '', ...more] = ran.stderr.trim().split('\n')
    expect(more).toEqual([])
    expect(error).toMatch(/^error: /)
    expect(next).toMatch(/^next: /)
    expectSaid(error, trouble.message)
    expectSaid(next, trouble.next)

    const assistant = await assistantOf(installation)
    expect((await assistant.client.listTools()).tools).toHaveLength(8)
    const called = await assistant.call(tool, args)
    expect(called.isError, called.text).toBe(true)
    const [message = '', what = ''] = called.text.split(' Next: ')
    expect(message).toMatch(new RegExp(`^${trouble.reason}: `))
    expectSaid(message, trouble.message)
    expectSaid(what, trouble.next)
    expectClean(ran.stderr + called.text)
  })

  test('a user who may look at namespaces and at nothing in them', { timeout: 120_000 }, async () => {
    const installation = { ...settled.installation, kubeconfig: controlPlane.kubeconfigFiles.viewer }
    const ran = await runProgram(['scan'], installation)
    const assistant = await assistantOf(installation)
    const called = await assistant.call('scan_recommendations', {})
    for (const said of [ran.stdout, called.text]) {
      for (const kind of ['deployments.apps', 'statefulsets.apps', 'jobs.batch'])
        expectSaid(said, [`You may not list ${kind} in the whole cluster`])
      expectClean(said)
    }
    // Nothing was seen: that must not be taken for a cluster in which there is nothing to do.
    expectSaid(ran.stderr, [/next: .*permission/])
  })

  test('a Prometheus that knows nothing of the namespace', { timeout: 120_000 }, async () => {
    const { api } = settled.company
    const namespace = await makeNamespace(api, 'unseen')
    onTestFinished(() => api.delete(`/api/v1/namespaces/${namespace}`))
    await api.post(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment({ name: 'quiet' }))
    await waitForRollout(api, namespace, { name: 'quiet' })
    const ran = await runProgram(['scan', '-n', namespace], settled.installation)
    expect({ code: ran.code, stdout: ran.stdout }, ran.stderr).toEqual({ code: 1, stdout: '' })
    const assistant = await assistantOf(settled.installation)
    const called = await assistant.call('scan_recommendations', { namespaces: [namespace] })
    expect(called.text).toMatch(/^prometheus_empty: /)
    for (const said of [ran.stderr, called.text]) {
      expectSaid(said, ['no container metric', namespace, 'container_cpu_usage_seconds_total', 'scrapes'])
      expectClean(said)
    }
  })

  test('nobody at a terminal: approve and apply', { timeout: 120_000 }, async () => {
    const assistant = await assistantOf(settled.installation)
    const planId = await plan(assistant, settled.company.namespace, { workload: 'web' })
    for (const command of ['approve', 'apply']) {
      const ran = await runProgram([command, planId], settled.installation)
      expect({ code: ran.code, stdout: ran.stdout }, ran.stderr).toEqual({ code: 4, stdout: '' })
      expectSaid(ran.stderr, ['interactive terminal', 'a person', `${command} ${planId}`, '--state-dir'])
      expectClean(ran.stderr)
    }
    // The same plan through a client that has no form: the line that a person runs is whole.
    const asked = await assistant.call('request_confirmation', { plan_id: planId })
    expect(asked.answer.status, asked.text).toBe('waiting_for_human')
    expectSaid(asked.text, [`approve ${planId}`, '--state-dir', settled.installation.stateDir])
  })

  test('a token that has expired, and one that was used', { timeout: 180_000 }, async () => {
    const { installation, company } = settled
    const hasty = await assistantOf({ ...installation, tokenSeconds: 1 }, 'answers forms')
    const planId = await plan(hasty, company.namespace, { workload: 'web' })
    const tokenOf = async (assistant: Assistant): Promise<string> => {
      const confirmed = await assistant.call('request_confirmation', { plan_id: planId })
      expect(confirmed.answer?.status, confirmed.text).toBe('approved')
      return confirmed.answer.data.confirmation_token as string
    }
    const expired = await tokenOf(hasty)
    await sleep(1_200)
    const late = await hasty.call('apply_recommendations', { confirmation_token: expired, dry_run: false })
    expect(late.isError, late.text).toBe(true)
    expectSaid(late.text, [/^token_expired: /, 'expired', 'request_confirmation'])

    const patient = await assistantOf(installation, 'answers forms')
    const token = await tokenOf(patient)
    const applied = await patient.call('apply_recommendations', { confirmation_token: token, dry_run: false })
    const execution = applied.answer.data.execution_id as string
    await untilFinal(patient, execution)
    const again = await patient.call('apply_recommendations', { confirmation_token: token, dry_run: false })
    expect(again.isError, again.text).toBe(true)
    expectSaid(again.text, [/^token_used: /, execution, 'get_execution'])
    // At the command line nobody types a token; the plan itself is used up.
    const twice = inTerminal(['apply', planId], installation)
    expect(await twice.exit, twice.screen()).not.toBe(0)
    expectSaid(twice.screen(), [planId, execution, /next: /])
    const unknown = await patient.call('apply_recommendations', { confirmation_token: 'krr-guessed', dry_run: false })
    expectSaid(unknown.text, [/^token_unknown: /, 'request_confirmation'])
    for (const said of [late.text, again.text, unknown.text]) {
      expect(said).not.toContain(token)
      expect(said).not.toContain(expired)
    }
    expectClean(late.text + again.text + twice.screen() + unknown.text)
  })

  test('a kubeconfig that now leads to another cluster', { timeout: 180_000 }, async () => {
    const binaries = inject('controlPlaneBinaries')
    if (binaries.kind !== 'available') throw new Error(binaries.reason)
    const other = await startControlPlane(binaries.value, { controllers: false })
    onTestFinished(other.stop)
    // A company of its own: the pods of the other one are no longer those that its metrics know.
    const { company, installation: settledHere } = await settle({ controlPlane, prometheus, home: home.path }, 'moving')
    onTestFinished(company.stop)
    const installation = { ...settledHere, kubeconfig: await kubeconfig('moving') }
    const before = await assistantOf(installation, 'answers forms')
    const open = await plan(before, company.namespace, { workload: 'cache' })
    const approved = await plan(before, company.namespace, { workload: 'cache', only: ['memory_requests'] })
    const confirmed = await before.call('request_confirmation', { plan_id: approved })
    const { confirmation_token } = confirmed.answer.data as { confirmation_token: string }
    expect(confirmation_token, confirmed.text).toBeTruthy()

    await copyFile(other.connection.kubeconfigFiles.operator, installation.kubeconfig)
    const audit = await openAuditLog(other.connection)
    for (const command of [
      ['approve', open],
      ['apply', approved],
    ]) {
      const terminal = inTerminal(command, installation)
      expect(await terminal.exit, terminal.screen()).toBe(3)
      expectSaid(terminal.screen().replaceAll(/\s+/g, ' '), ['not the cluster', /Go back to that cluster, or scan/])
      expectClean(terminal.screen())
    }
    const after = await assistantOf(installation, 'answers forms')
    for (const [tool, args] of [
      ['request_confirmation', { plan_id: open }],
      ['apply_recommendations', { confirmation_token, dry_run: false }],
    ] as const) {
      const refused = await after.call(tool, args)
      expect(refused.answer?.status, refused.text).toBe('blocked')
      expect(refused.answer.changed_cluster).toBe('no')
      expect(refused.answer.data.reason).toBe('other_cluster')
      expectSaid(refused.text, ['not the cluster', 'Go back to that cluster'])
      expectClean(refused.text)
    }
    expect(await audit.writes({ user: 'operator' })).toEqual([])
  })

  test('StatefulSets and DaemonSets: scanned, explained, previewed, and as of then', { timeout: 180_000 }, async () => {
    const { api } = settled.company
    const namespace = await makeNamespace(api, 'kinds')
    onTestFinished(() => api.delete(`/api/v1/namespaces/${namespace}`))
    const containers = { app: { requests: { cpu: '300m', memory: '512Mi' } } }
    const base = deployment({ name: 'base', containers }) as { spec: Record<string, unknown> }
    const { replicas, ...daemon } = base.spec
    const make = async (kind: string, spec: object): Promise<void> => {
      const path = `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s`
      await api.post(path, { ...base, kind, metadata: { name: kind.toLowerCase() }, spec })
    }
    const selecting = (app: string, spec: object): object =>
      JSON.parse(JSON.stringify(spec).replaceAll('"app":"base"', `"app":"${app}"`)) as object
    await make('StatefulSet', selecting('sts', { ...daemon, replicas, serviceName: 'sts' }))
    await make('DaemonSet', selecting('ds', daemon))
    // One StatefulSet pod, and a DaemonSet pod on each of three nodes; another suite may add a node of its own meanwhile.
    await expect
      .poll(
        () =>
          observePods(api, namespace, quietUsage).then((pods) => pods.filter((pod) => pod.phase === 'Running').length),
        { timeout: 60_000 },
      )
      .toBeGreaterThanOrEqual(4)
    const pods = await observePods(api, namespace, quietUsage)
    const until = Math.floor(Date.now() / 1000) + 600
    const text = metricHistory({ until, hours: 48, pods })
    const metrics = await startPrometheus(prometheus, { kind: 'open_metrics', text })
    onTestFinished(metrics.stop)
    const installation = { ...settled.installation, prometheusUrl: metrics.url }

    const scan = await runProgram(['scan', '-n', namespace, '-f', 'json'], installation)
    expect(scan.code, scan.stderr).toBe(0)
    const json = JSON.parse(scan.stdout) as { scans: { object: { kind: string } }[] }
    const keys = ['scans', 'score', 'resources', 'description', 'strategy', 'errors', 'clusterSummary', 'config']
    expect(Object.keys(json)).toEqual(keys)
    const kinds = json.scans.map(({ object }) => object.kind)
    expect(kinds.toSorted()).toEqual(['DaemonSet', 'StatefulSet'])
    for (const [index, kind] of kinds.entries()) {
      const row = String(index + 1)
      const explained = await runProgram(['explain', row], installation)
      expect(explained.code, explained.stderr).toBe(0)
      expectSaid(explained.stdout, ['container_cpu_usage_seconds_total', kind.toLowerCase()])
      const previewed = await runProgram(['preview', '--rows', row], installation)
      expect(previewed.code, previewed.stdout + previewed.stderr).toBe(3)
      expectSaid(previewed.stdout, [`A ${kind} can be previewed, but is not applied yet.`])
      expectSaid(previewed.stderr, [/^next: /m])
    }

    const at = until - 86_400
    const then = await runProgram(['scan', '-n', namespace, '--at', String(at)], installation)
    expect(then.code, then.stderr).toBe(0)
    expect(then.stderr).toContain(`as of ${new Date(at * 1000).toISOString().slice(0, 19)}`)
    // Before the history began there is nothing to say.
    const long = await runProgram(['scan', '-n', namespace, '--at', String(until - 60 * 86_400)], installation)
    expect(long.code, long.stdout).toBe(1)
    expectSaid(long.stderr, ['no container metric'])
  })
})
