import { describe, expect, it } from 'vitest'
import { candidateUrl, type Candidate } from '../../../../src/adapters/prometheus/discovery/candidate.ts'
import { discoverPrometheus } from '../../../../src/adapters/prometheus/discovery/discover-prometheus.ts'
import type { PrometheusConnection } from '../../../../src/adapters/prometheus/connect-prometheus.ts'
import { unreachable } from '../../../../src/adapters/prometheus/usage-problems.ts'
import { failed, ok } from '../../../../src/model/result.ts'
import { problemOf, valueOf } from '../../../safety/support/value-of.ts'
import { ingress, type Lister, listerOf, service } from '../support/listed-objects.ts'

const VM = { 'app.kubernetes.io/name': 'vmsingle' }
const VMSELECT = { 'app.kubernetes.io/name': 'vmselect' }
const THANOS = { 'app.kubernetes.io/name': 'thanos-query' }
const MIMIR = { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'query-frontend' }
const PROMETHEUS = { app: 'prometheus-server' }

/** What comes of a search, where all that is named answers, but for the `silent`. */
async function search(lister: Lister, { inCluster = true, silent = [] as readonly string[] } = {}) {
  const tried: string[] = []
  const closed: string[] = []
  const reach = (candidate: Candidate): PrometheusConnection => {
    const url = candidateUrl(candidate)
    tried.push(url)
    return {
      origin: url,
      instant: () => Promise.resolve(silent.includes(url) ? failed(unreachable(url, 'no')) : ok([])),
      range: () => Promise.reject(new Error('not asked')),
      labelValues: () => Promise.reject(new Error('not asked')),
      forward: () => Promise.reject(new Error('not asked')),
      close: () => Promise.resolve(void closed.push(url)),
    }
  }
  const result = await discoverPrometheus(lister, { inCluster, reach })
  return { result, tried, closed }
}
const found = async (...[lister, options]: Parameters<typeof search>) => {
  const { result, tried } = await search(lister, options)
  const { candidate, passedOver } = valueOf(result)
  return { engine: candidate.engine?.name, url: candidateUrl(candidate), passedOver, tried }
}

describe('the search for a Prometheus', () => {
  it('looks with krr’s selectors in krr’s order, services before ingresses, and says what it looked for', async () => {
    const lister = listerOf([])
    const { result } = await search(lister)
    const selectors = [
      ['app.kubernetes.io/name=vmsingle', 'app.kubernetes.io/name=victoria-metrics-single'],
      ['app.kubernetes.io/name=vmselect', 'app.kubernetes.io/component=vmselect', 'app=vmselect'],
      ['app.kubernetes.io/component=query,app.kubernetes.io/name=thanos', 'app.kubernetes.io/name=thanos-query'],
      ['app=thanos-query', 'app=thanos-querier'],
      ['app.kubernetes.io/name=mimir,app.kubernetes.io/component=query-frontend'],
      ['app=kube-prometheus-stack-prometheus', 'app=prometheus,component=server', 'app=prometheus-server'],
      ['app=prometheus-operator-prometheus', 'app=rancher-monitoring-prometheus', 'app=prometheus-prometheus'],
      ['app.kubernetes.io/name=prometheus,app.kubernetes.io/component=server', 'app=stack-prometheus'],
    ].flat()
    const listedOf = (plural: string) =>
      lister.listed.filter((each) => each.startsWith(`${plural} `)).map((each) => each.slice(plural.length + 1))
    expect(listedOf('services')).toEqual(selectors)
    expect(listedOf('ingresses')).toEqual(selectors)
    expect(lister.listed.indexOf('ingresses app=vmselect')).toBeLessThan(
      lister.listed.indexOf('services app=thanos-query'),
    )
    const problem = problemOf(result)
    expect(problem.reason).toBe('prometheus_not_found')
    for (const engine of ['VictoriaMetrics', 'Thanos', 'Mimir', 'Prometheus']) expect(problem.message).toContain(engine)
    expect(problem.next).toContain('--prometheus-url')
  })

  it('takes the first engine in krr’s order, and looks no further', async () => {
    const all = [
      service('a/prometheus', { labels: PROMETHEUS }),
      service('a/mimir', { labels: MIMIR }),
      service('a/thanos', { labels: THANOS }),
      service('a/vm', { labels: VM }),
    ]
    const names = []
    for (let left = all.length; left > 0; left -= 1) {
      const { engine, tried } = await found(listerOf(all.slice(0, left)))
      names.push(engine)
      expect(tried).toHaveLength(1)
    }
    expect(names).toEqual(['VictoriaMetrics', 'Thanos', 'Mimir', 'Prometheus'])
  })

  it('puts the prefix of an engine before its API', async () => {
    expect((await found(listerOf([service('a/vm', { labels: VM })]))).url).toBe('http://vm.a.svc:9090')
    expect((await found(listerOf([service('a/vm', { labels: VMSELECT })]))).url).toBe(
      'http://vm.a.svc:9090/select/0/prometheus',
    )
    expect((await found(listerOf([service('a/m', { labels: MIMIR })]))).url).toBe('http://m.a.svc:9090/prometheus')
  })

  it('goes on where an engine does not answer, and names it', async () => {
    const lister = listerOf([service('a/thanos', { labels: THANOS }), service('a/p', { labels: PROMETHEUS })])
    const silent = ['http://thanos.a.svc:9090']
    const { result, closed } = await search(lister, { silent })
    expect(valueOf(result)).toMatchObject({ candidate: { name: 'p' }, passedOver: ['Thanos (service a/thanos:9090)'] })
    expect(closed).toEqual(silent)
  })

  it('says why what it found does not answer, instead of "not found"', async () => {
    const { result } = await search(listerOf([service('a/p', { labels: PROMETHEUS })]), {
      silent: ['http://p.a.svc:9090'],
    })
    expect(problemOf(result)).toMatchObject({
      reason: 'prometheus_unreachable',
      message: expect.stringContaining('Prometheus (service a/p:9090)'),
    })
  })

  it('names several of one engine, each with the setting to paste, and asks none of them', async () => {
    const labels = { app: 'kube-prometheus-stack-prometheus' }
    const lister = listerOf([
      service('a/one', { labels: PROMETHEUS, ports: [{ name: 'https', port: 9443 }] }),
      service('b/two', { labels }),
    ])
    const inside = await search(lister)
    expect(inside.tried).toEqual([])
    expect(problemOf(inside.result)).toMatchObject({
      reason: 'prometheus_ambiguous',
      message: expect.stringMatching(/2 of Prometheus.*service b\/two:9090, service a\/one:9443/),
      next: expect.stringContaining('`--prometheus-url https://one.a.svc:9443`'),
    })
    const { next } = problemOf((await search(lister, { inCluster: false })).result)
    expect(next).toContain('`--prometheus-service b/two:9090` or `--prometheus-service a/one:9443`')
  })

  it('names the tenant too, where the setting would lose it', async () => {
    const lister = listerOf([service('a/m', { labels: MIMIR }), service('b/m', { labels: MIMIR })])
    const { next } = problemOf((await search(lister)).result)
    expect(next).toContain('`--prometheus-url http://m.a.svc:9090/prometheus --prometheus-tenant anonymous`')
  })

  it('takes a service that several selectors find for one', async () => {
    const labels = { ...THANOS, app: 'thanos-query' }
    expect((await found(listerOf([service('a/thanos', { labels })]))).tried).toHaveLength(1)
  })

  it('takes a service, its headless twin and the one for gRPC for one, and the service of them', async () => {
    const selector = { app: 'thanos' }
    const twins = [
      service('a/headless', { labels: THANOS, spec: { clusterIP: 'None', selector } }),
      service('a/grpc', { labels: THANOS, spec: { selector }, ports: [{ name: 'grpc', port: 10_901 }] }),
      service('a/thanos', { labels: THANOS, spec: { selector } }),
    ]
    expect((await found(listerOf(twins))).url).toBe('http://thanos.a.svc:9090')
    const elsewhere = service('b/thanos', { labels: THANOS, spec: { selector } })
    expect(problemOf((await search(listerOf([...twins, elsewhere]))).result).reason).toBe('prometheus_ambiguous')
  })

  it('does not take two services without a selector for one', async () => {
    const [one, two] = ['a/one', 'a/two'].map((at) => service(at, { labels: PROMETHEUS, spec: { selector: {} } }))
    expect(problemOf((await search(listerOf([one!, two!]))).result).reason).toBe('prometheus_ambiguous')
  })

  it('leaves an external name to the operator: it is another’s address', async () => {
    const spec = { type: 'ExternalName', externalName: 'elsewhere.example' }
    const { result, tried } = await search(listerOf([service('a/p', { labels: PROMETHEUS, spec })]))
    expect([problemOf(result).reason, tried]).toEqual(['prometheus_not_found', []])
  })

  it('says that it may not look, instead of "not found"', async () => {
    const { result } = await search(listerOf([], ['services']))
    expect(problemOf(result)).toMatchObject({
      reason: 'api_forbidden',
      message: expect.stringContaining('You may not list services'),
      next: expect.stringMatching(/--prometheus-url.*--prometheus-service/),
    })
  })

  it('goes on where it may not list ingresses, and says so when it has found nothing', async () => {
    expect((await found(listerOf([service('a/p', { labels: PROMETHEUS })], ['ingresses']))).engine).toBe('Prometheus')
    const { message } = problemOf((await search(listerOf([], ['ingresses']))).result)
    expect(message).toContain('You may not list ingresses')
  })
})

describe('an ingress', () => {
  it('is taken where there is no service, with https where it has TLS for the host', async () => {
    const one = ingress('a/p', { labels: PROMETHEUS, hosts: ['p.example'], tls: ['p.example'] })
    expect((await found(listerOf([one]))).url).toBe('https://p.example')
    const plain = ingress('a/p', { labels: VMSELECT, hosts: ['p.example'], tls: ['other.example'] })
    expect((await found(listerOf([plain]))).url).toBe('http://p.example/select/0/prometheus')
  })

  it('is looked at engine by engine: krr’s order counts for it, too', async () => {
    const objects = [
      ingress('a/thanos', { labels: THANOS, hosts: ['t.example'] }),
      service('a/p', { labels: PROMETHEUS }),
    ]
    expect((await found(listerOf(objects))).engine).toBe('Thanos')
  })

  it.each(['*.example', '', 'a@evil', 'evil/x', 'evil:80', 'evil#', 'Evil', 'a b'])(
    'with the host %j is none',
    async (host) => {
      const { result, tried } = await search(listerOf([ingress('a/p', { labels: PROMETHEUS, hosts: [host] })]))
      expect([problemOf(result).reason, tried]).toEqual(['prometheus_not_found', []])
    },
  )

  it('with several hosts is several candidates', async () => {
    const { result } = await search(
      listerOf([ingress('a/p', { labels: PROMETHEUS, hosts: ['a.example', 'b.example'] })]),
    )
    expect(problemOf(result).next).toContain(
      '`--prometheus-url http://a.example` or `--prometheus-url http://b.example`',
    )
  })
})
