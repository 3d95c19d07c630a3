import { expect, it } from 'vitest'
import { krrEnvironment } from '../../../src/adapters/krr-cli/krr-environment.ts'
import { fakeKrr, krrOutput, never, request } from './support/fake-krr.ts'

const TELL = `leave('environment', JSON.stringify(process.env)); console.log(${JSON.stringify(krrOutput())})`

it('krr sees no secret of ours, and no way to load code into it', async () => {
  const secrets = {
    GITHUB_TOKEN: 'secret-1',
    AWS_SECRET_ACCESS_KEY: 'secret-2',
    AWS_SESSION_TOKEN: 'secret-3',
    SLACK_BOT_TOKEN: 'secret-4',
    KRR_MCP_PASSPHRASE: 'secret-5',
    PROMETHEUS_TOKEN: 'secret-6',
    CERTIFICATE: 'secret-7',
    PYTHONPATH: '/tmp/evil',
    PYTHONSTARTUP: '/tmp/evil.py',
    LD_PRELOAD: '/tmp/evil.so',
    NODE_OPTIONS: '--no-warnings',
  }
  const { engine, left } = await fakeKrr(TELL, { environment: { ...process.env, ...secrets } })
  expect((await engine.scan(request(), never())).ok).toBe(true)
  const seen = JSON.parse(await left('environment')) as Record<string, string>
  expect(Object.keys(seen).filter((name) => name in secrets)).toEqual([])
  expect(JSON.stringify(seen)).not.toMatch(/secret-|evil/)
  expect(seen).toMatchObject({ PATH: process.env['PATH'], TZ: 'UTC', PYTHONHASHSEED: '0', NO_COLOR: '1' })
})

it('the password of the gateway is in a file of this user, not in an argument or a variable', async () => {
  const { engine, left } = await fakeKrr(`
    const { statSync } = await import('node:fs')
    leave('mode', (statSync(process.env.NETRC).mode & 0o777).toString(8))
    leave('netrc', readFileSync(process.env.NETRC, 'utf8'))
    leave('path', process.env.NETRC)
    ${TELL}`)
  expect((await engine.scan(request(), never())).ok).toBe(true)
  const [, password = ''] = /password (\S+)/.exec(await left('netrc')) ?? []
  expect(password).toMatch(/^[0-9a-f]{48}$/)
  expect(await left('mode')).toBe('600')
  expect((await left('args')) + (await left('environment'))).not.toContain(password)
  const { existsSync } = await import('node:fs')
  expect(existsSync(await left('path'))).toBe(false)
})

const environment = (ours: Record<string, string>, chosen = true) => krrEnvironment({ ours, chosen, netrc: '/n' })

it('the gateway is never asked through a proxy', () => {
  const proxies = { HTTP_PROXY: 'http://proxy:3128', NO_PROXY: '.corp', no_proxy: '.old' }
  expect(environment(proxies)).toMatchObject({
    HTTP_PROXY: 'http://proxy:3128',
    NO_PROXY: '.corp,127.0.0.1,localhost',
    no_proxy: '.corp,127.0.0.1,localhost',
  })
})

it('krr cannot fall back to the cluster around it when a context was named', () => {
  const around = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
  expect(environment(around)).not.toHaveProperty('KUBERNETES_SERVICE_HOST')
  expect(environment(around, false)).toMatchObject(around)
})

it('relative kubeconfigs are those of our folder, not of the one that krr runs in', () => {
  expect(environment({ KUBECONFIG: 'a:/b/c' })['KUBECONFIG']).toBe(`${process.cwd()}/a:/b/c`)
})
