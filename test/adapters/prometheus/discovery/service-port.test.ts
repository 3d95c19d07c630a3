import { describe, expect, it } from 'vitest'
import { namedService } from '../../../../src/adapters/prometheus/discovery/named-service.ts'
import { servicePort } from '../../../../src/adapters/prometheus/discovery/service-port.ts'
import { problemOf, valueOf } from '../../../safety/support/value-of.ts'
import { listerOf, service } from '../support/listed-objects.ts'

type Ports = NonNullable<Parameters<typeof service>[1]['ports']>
const portOf = (ports: Ports, annotations?: Readonly<Record<string, string>>) =>
  servicePort(service('a/b', { labels: {}, ports, ...(annotations && { annotations }) }))

describe('the port of a service', () => {
  it.each<[string, Ports, string]>([
    ['the only one', [{ port: 9090 }], 'http 9090'],
    [
      'the first of many without names that say something',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
      'http 1',
    ],
    [
      'named http',
      [
        { name: 'other', port: 1 },
        { name: 'http', port: 8481 },
      ],
      'http 8481',
    ],
    [
      'named web',
      [
        { name: 'reloader-web', port: 8080 },
        { name: 'http-web', port: 9090 },
      ],
      'http 9090',
    ],
    [
      'named https',
      [
        { name: 'metrics', port: 1 },
        { name: 'https', port: 9091 },
      ],
      'https 9091',
    ],
    [
      'with a protocol',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 2, appProtocol: 'https' },
      ],
      'https 2',
    ],
    ['with a number that means TLS', [{ port: 443 }], 'https 443'],
    ['whose protocol says plain though the number says TLS', [{ port: 443, appProtocol: 'http' }], 'http 443'],
    [
      'not for gRPC',
      [
        { name: 'grpc', port: 9095 },
        { name: 'http-metrics', port: 8080 },
      ],
      'http 8080',
    ],
    [
      'not one that is not TCP',
      [
        { name: 'http', port: 1, protocol: 'UDP' },
        { name: 'x', port: 2 },
      ],
      'http 2',
    ],
    ['a metrics port where there is no other', [{ name: 'metrics', port: 9100 }], 'http 9100'],
  ])('is %s', (_, ports, expected) => {
    const port = portOf(ports)
    expect(`${port?.scheme} ${port?.port}`).toBe(expected)
  })

  it('has TLS where OpenShift issues its certificate', () => {
    const annotations = { 'service.beta.openshift.io/serving-cert-secret-name': 'thanos-querier-tls' }
    const ports = [
      { name: 'tenancy', port: 9092 },
      { name: 'metrics', port: 9094 },
      { name: 'web', port: 9091 },
    ]
    expect(portOf(ports, annotations)).toEqual({ scheme: 'https', port: 9091 })
  })

  it('is none where only gRPC is spoken', () => {
    expect(
      portOf([
        { name: 'grpc', port: 1 },
        { name: 'x', port: 2, appProtocol: 'kubernetes.io/h2c' },
      ]),
    ).toBeUndefined()
  })
})

describe('a service that the operator names', () => {
  const THANOS = { 'app.kubernetes.io/component': 'query', 'app.kubernetes.io/name': 'thanos' }
  const MIMIR = { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'query-frontend' }
  const ports = [
    { name: 'http', port: 9090 },
    { name: 'tls', port: 443 },
  ]
  const lister = listerOf([
    service('mon/thanos', { labels: THANOS, ports }),
    service('mon/mimir', { labels: MIMIR, ports }),
    service('mon/own', { labels: {}, ports }),
  ])

  it.each([
    ['mon/thanos', { engine: { name: 'Thanos' }, scheme: 'http', port: 9090, prefix: '' }],
    ['mon/mimir:http', { engine: { name: 'Mimir' }, scheme: 'http', port: 9090, prefix: '/prometheus' }],
    ['mon/own:443', { engine: undefined, scheme: 'https', port: 443, prefix: '' }],
    ['https:mon/own:9090', { scheme: 'https', port: 9090 }],
  ])('%s is known by its labels and ports', async (text, expected) => {
    expect(valueOf(await namedService(lister, text))).toMatchObject(expected)
  })

  it.each([
    ['mon/other:80', 'prometheus_not_found'],
    ['mon/own:80', 'prometheus_not_found'],
    ['own', 'bad_setting'],
    ['mon/own/x:80', 'bad_setting'],
    ['mon/../own:80', 'bad_setting'],
    ['mon/own:80/admin', 'bad_setting'],
    ['ftp:mon/own:80', 'bad_setting'],
  ])('%s is refused', async (text, reason) => {
    expect(problemOf(await namedService(lister, text)).reason).toBe(reason)
  })

  it('needs no permission to list services where a number says it all', async () => {
    const blind = listerOf([], ['services'])
    expect(valueOf(await namedService(blind, 'mon/own:9090'))).toMatchObject({ scheme: 'http', port: 9090 })
    expect(valueOf(await namedService(blind, 'https:mon/own:9090'))).toMatchObject({ scheme: 'https', port: 9090 })
    expect(problemOf(await namedService(blind, 'mon/own:http')).reason).toBe('api_forbidden')
    expect(problemOf(await namedService(blind, 'mon/own')).reason).toBe('api_forbidden')
  })
})
