import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ERAS, type Era } from '../../flow/support/assistant.ts'
import { freePorts } from '../../harness/free-ports.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../../harness/temporary-directory.ts'
import { startServing } from './support/serving.ts'

const TOOLS = [
  'apply_recommendations',
  'explain_recommendation',
  'get_execution',
  'preview_changes',
  'request_confirmation',
  'rollback_changes',
  'scan_recommendations',
  'stop_execution',
]
/** What a listing costs every conversation, in bytes of JSON. */
const MOST_BYTES = 6_000

let home: TemporaryDirectory
beforeAll(async () => {
  home = await temporaryDirectory('listing')
})
afterAll(() => home.remove())

async function kubeconfigOf(server: string): Promise<string> {
  const path = join(home.path, `${server.replace(/\W+/g, '-')}.yaml`)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'secret-of-the-kubeconfig' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  }
  await writeFile(path, JSON.stringify(config), { mode: 0o600 })
  return path
}

interface Lacking {
  readonly name: string
  readonly flags: (folder: string) => Promise<readonly string[]>
  /** The reason of a scan. */
  readonly scan: string
  /** The reason of whatever needs the journal alone. */
  readonly journal: string
}
const LACKING: readonly Lacking[] = [
  {
    name: 'no kubeconfig',
    flags: async (folder) => ['--state-dir', join(folder, 'state')],
    scan: 'no_kubeconfig',
    journal: 'unknown_id',
  },
  {
    name: 'a kubeconfig that is not there',
    flags: async (folder) => ['--state-dir', join(folder, 'state'), '--kubeconfig', join(folder, 'nowhere')],
    scan: 'no_kubeconfig',
    journal: 'unknown_id',
  },
  {
    name: 'a broken kubeconfig',
    flags: async (folder) => {
      await writeFile(join(folder, 'broken'), 'clusters: [{name: "c", cluster: {server: }')
      return ['--state-dir', join(folder, 'state'), '--kubeconfig', join(folder, 'broken')]
    },
    scan: 'bad_setting',
    journal: 'unknown_id',
  },
  {
    name: 'an unsafe state directory',
    flags: async (folder) => {
      await mkdir(join(folder, 'open'))
      await chmod(join(folder, 'open'), 0o755)
      return ['--state-dir', join(folder, 'open')]
    },
    scan: 'state_dir_unsafe',
    journal: 'state_dir_unsafe',
  },
  {
    name: 'a policy that does not parse',
    flags: async (folder) => {
      await writeFile(join(folder, 'policy.yaml'), 'client_namespaces: [', { mode: 0o600 })
      return ['--state-dir', join(folder, 'state'), '--policy', join(folder, 'policy.yaml')]
    },
    scan: 'no_kubeconfig',
    journal: 'unknown_id',
  },
  {
    name: 'a Prometheus and an API server that are not reachable',
    flags: async (folder) => {
      const [port] = await freePorts(1)
      const kubeconfig = await kubeconfigOf(`https://127.0.0.1:${port}`)
      const metrics = `http://127.0.0.1:${port}`
      return ['--state-dir', join(folder, 'state'), '--kubeconfig', kubeconfig, '--prometheus-url', metrics]
    },
    scan: 'api_unreachable',
    journal: 'unknown_id',
  },
]

const CALLS: Readonly<Record<string, Record<string, unknown>>> = {
  apply_recommendations: { confirmation_token: 'krr-guess' },
  explain_recommendation: { scan_id: 's-none', row: 1 },
  get_execution: { execution_id: 'x-none' },
  preview_changes: { plan_id: 'p-none' },
  request_confirmation: { plan_id: 'p-none' },
  rollback_changes: { execution_id: 'x-none' },
  stop_execution: { execution_id: 'x-none' },
}
const SENTENCE = /^[a-z_]+: [A-Z][^]*\. Next: [A-Z`][^]*\S$/
const STACK = /\bat .*:\d+:\d+|node:internal|\.ts:\d+|\.js:\d+|internal_error/

let made = 0
async function started(era: Era, lacking: Lacking) {
  const folder = join(home.path, String((made += 1)))
  await mkdir(folder)
  const serving = await startServing({ era, flags: await lacking.flags(folder) })
  onTestFinished(() => serving.close())
  return serving
}

describe.each(ERAS)('in the era of %s', (era) => {
  test.for(LACKING)('with $name the server lists its tools, and each says what is missing', async (lacking) => {
    const { client, call, stderr } = await started(era, lacking)
    expect(client.getNegotiatedProtocolVersion()).toBe(era)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).toSorted()).toEqual(TOOLS)
    const scan = await call('scan_recommendations')
    expect(scan.text).toMatch(new RegExp(`^${lacking.scan}: `))
    const answers = [scan]
    for (const [name, args] of Object.entries(CALLS)) {
      const answer = await call(name, args)
      const token = name === 'apply_recommendations' && lacking.journal === 'unknown_id'
      expect(answer.text, name).toMatch(new RegExp(`^${token ? 'token_unknown' : lacking.journal}: `))
      answers.push(answer)
    }
    for (const { isError, text } of answers) {
      expect(isError).toBe(true)
      expect(text).toMatch(SENTENCE)
      expect(text).not.toMatch(STACK)
    }
    expect(stderr()).not.toMatch(/secret-of-the-kubeconfig|krr-guess/)
  })
})

type Schema = { readonly properties?: Readonly<Record<string, unknown>>; readonly additionalProperties?: unknown }
const [NOTHING] = LACKING as [Lacking]

describe('the listing', () => {
  test.each(ERAS)('costs little (%s)', async (era) => {
    const { client } = await started(era, NOTHING)
    const { tools } = await client.listTools()
    const bytes = Buffer.byteLength(JSON.stringify({ tools }))
    console.info(`tools/list (${era}): ${bytes} bytes`)
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  })

  test('annotates every tool completely, and only apply as destructive', async () => {
    const { client } = await started('2026-07-28', NOTHING)
    const { tools } = await client.listTools()
    for (const { name, title, description, annotations } of tools) {
      expect(title, name).toMatch(/\S/)
      expect(description, name).toMatch(/\.$/)
      expect(annotations, name).toEqual({
        readOnlyHint: expect.any(Boolean),
        destructiveHint: name === 'apply_recommendations',
        idempotentHint: expect.any(Boolean),
        openWorldHint: true,
      })
    }
    const looks = tools.filter((tool) => tool.annotations?.readOnlyHint === true).map(({ name }) => name)
    expect(looks.toSorted()).toEqual(['explain_recommendation', 'get_execution', 'scan_recommendations'])
  })

  // Where we connect to is the operator's choice: a model that could name it could be talked into another cluster.
  test('has no input that says where to connect, what to send or which file to read', async () => {
    const { client } = await started('2026-07-28', NOTHING)
    const { tools } = await client.listTools()
    const names = tools.flatMap(({ inputSchema }) => Object.keys((inputSchema as Schema).properties ?? {}))
    expect(names.length).toBeGreaterThan(15)
    for (const name of names)
      expect(name).not.toMatch(
        /url|uri|host|header|path|file|dir|context|cluster|config|policy|query|promql|cookie|auth/,
      )
    for (const { name, inputSchema } of tools)
      expect((inputSchema as Schema).additionalProperties, `${name} says that it takes nothing else`).toBe(false)
  })

  test.each(ERAS)('an unknown argument is refused, not ignored (%s)', async (era) => {
    const { call } = await started(era, NOTHING)
    const wanted: Record<string, Record<string, unknown>> = { ...CALLS, scan_recommendations: {} }
    for (const [name, args] of Object.entries(wanted)) {
      const said = await call(name, { ...args, force: true }).then(
        ({ isError, text }) => `${isError} ${text}`,
        (error: unknown) => `true ${String(error)}`,
      )
      expect(said, name).toMatch(/^true .*force/s)
      expect(said).not.toMatch(STACK)
    }
  })
})
