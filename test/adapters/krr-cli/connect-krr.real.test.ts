import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { connectKrr } from '../../../src/adapters/krr-cli/connect-krr.ts'
import type { KrrSettings } from '../../../src/adapters/krr-cli/krr-settings.ts'
import type { KrrProblem } from '../../../src/ports/krr-engine.ts'
import { simpleWith } from '../../recommender/support/chosen.ts'
import { freePorts } from '../../harness/free-ports.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { describeKrr, describeKrrOnGolden } from './support/describe-krr.ts'
import { never, request } from './support/fake-krr.ts'
import { forwardTo } from './support/forward-to.ts'

const TIMEOUT = 120_000

const down = async (): Promise<string> => {
  const [port] = await freePorts(1)
  return `http://127.0.0.1:${port}`
}

/** Names a cluster that is not there. */
async function kubeconfig(): Promise<string> {
  const directory = await temporaryDirectory('krr-kubeconfig')
  onTestFinished(directory.remove)
  const file = join(directory.path, 'config')
  await writeFile(
    file,
    JSON.stringify({
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: await down() } }],
      users: [{ name: 'u', user: { token: 'kubeconfig-secret' } }],
    }),
  )
  return file
}

describeKrr('an installed krr', (command) => {
  const problemOf = async (more: Partial<KrrSettings>): Promise<KrrProblem> => {
    const forward = forwardTo(await down())
    const krr = connectKrr({ command, kubeconfig: await kubeconfig(), environment: process.env, forward, ...more })
    const answer = await krr.scan(request(), never())
    if (answer.ok) throw new Error('the scan went well')
    return answer.problem
  }

  it('says its version', { timeout: TIMEOUT }, async () => {
    const krr = connectKrr({ command, environment: process.env, forward: forwardTo(await down()) })
    expect(await krr.version()).toEqual({ ok: true, value: expect.stringMatching(/^(dev|v?\d+\.\d+\.\d+\S*)$/) })
  })

  it('does not know a context', { timeout: TIMEOUT }, async () => {
    const problem = await problemOf({ context: 'nowhere' })
    expect(problem.reason).toBe('krr_bad_context')
    expect(problem.message).toContain('the context nowhere')
    expect(problem.next).toContain('--context')
  })

  it('does not find a kubeconfig', { timeout: TIMEOUT }, async () => {
    expect(await problemOf({ kubeconfig: '/no/such/kubeconfig' })).toMatchObject({ reason: 'krr_bad_context' })
  })

  it('does not fall back to the cluster around it', { timeout: TIMEOUT }, async () => {
    const environment = { ...process.env, KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '1' }
    expect(await problemOf({ context: 'nowhere', environment })).toMatchObject({ reason: 'krr_bad_context' })
  })

  it('does not reach Prometheus', { timeout: TIMEOUT }, async () => {
    const problem = await problemOf({ context: 'here' })
    expect(problem.reason).toBe('krr_prometheus_unreachable')
    expect(problem.message).toContain('the connection was refused')
  })
})

describeKrrOnGolden({ world: 'two-days', seed: 1 }, (command, world) => {
  it('knows the password of the gateway, and names the cluster in every query', { timeout: TIMEOUT }, async () => {
    const direct = forwardTo(world().prometheusUrl)
    const seen: string[] = []
    const krr = connectKrr({
      command,
      kubeconfig: world().controlPlane.kubeconfigFile,
      environment: process.env,
      forward: (path, form, signal) => {
        seen.push(JSON.stringify([path, form]))
        return direct(path, form, signal)
      },
    })
    const answer = await krr.scan(
      request({
        chosen: simpleWith({ historyHours: 48 }),
        scope: { namespaces: ['team-b'], kinds: [] },
        clusterLabel: { name: 'cluster', value: 'not-there' },
      }),
      never(),
    )
    expect(answer.ok).toBe(true)
    const usage = seen.filter((each) => each.includes('container_cpu_usage_seconds_total'))
    expect(usage.length).toBeGreaterThan(1)
    expect(usage.filter((each) => !each.includes('cluster=\\"not-there\\"'))).toEqual([])
  })

  it('ends over a namespace pattern that is none, and is quoted', { timeout: TIMEOUT }, async () => {
    const krr = connectKrr({
      command,
      kubeconfig: world().controlPlane.kubeconfigFile,
      environment: process.env,
      forward: forwardTo(world().prometheusUrl),
    })
    const answer = await krr.scan(request({ scope: { namespaces: ['team-('], kinds: [] } }), never())
    expect(answer).toMatchObject({ ok: false, problem: { reason: 'krr_failed' } })
    expect(answer.ok || answer.problem.message).toContain('unterminated subpattern')
  })

  it('is stopped in the middle of its work, and has gone', { timeout: TIMEOUT }, async () => {
    const stopping = new AbortController()
    const direct = forwardTo(world().prometheusUrl)
    const krr = connectKrr({
      command,
      kubeconfig: world().controlPlane.kubeconfigFile,
      environment: process.env,
      forward: (path, form, signal) => {
        stopping.abort()
        return direct(path, form, signal)
      },
    })
    const answer = await krr.scan(request(), stopping.signal)
    expect(answer).toMatchObject({ ok: false, problem: { reason: 'cancelled' } })
  })
})
