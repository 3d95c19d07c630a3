import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connectKrr } from '../../../../src/adapters/krr-cli/connect-krr.ts'
import type { KrrSettings } from '../../../../src/adapters/krr-cli/krr-settings.ts'
import { ok } from '../../../../src/model/result.ts'
import { unixSeconds } from '../../../../src/model/time.ts'
import type { ForwardQuery, KrrEngine, KrrRequest } from '../../../../src/ports/krr-engine.ts'
import { simpleWith } from '../../../recommender/support/chosen.ts'
import { temporaryDirectory } from '../../../harness/temporary-directory.ts'

export interface FakeKrr {
  readonly engine: KrrEngine
  readonly folder: string
  /** What the program left in this file of its folder. */
  readonly left: (file: string) => Promise<string>
}

export const emptyVector: string = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } })
const answersNothing: ForwardQuery = () => Promise.resolve(ok({ status: 200, body: emptyVector }))

/**
 * A program in krr's place: `code` is what it does for a scan (`args`, `leave(file, text)`, `url` of its Prometheus and
 * `ask(query)` with its password are there); for `version` it says v1.29.0.
 */
export async function fakeKrr(code: string, more: Partial<KrrSettings> = {}): Promise<FakeKrr> {
  const directory = await temporaryDirectory('fake-krr')
  onTestFinished(directory.remove)
  const script = join(directory.path, 'krr.mjs')
  await writeFile(script, program(directory.path, code))
  const engine = connectKrr({
    command: { file: process.execPath, words: [script] },
    environment: process.env,
    forward: answersNothing,
    graceMs: 300,
    ...more,
  })
  return {
    engine,
    folder: directory.path,
    left: async (file) => await readFile(join(directory.path, file), 'utf8'),
  }
}

const program = (folder: string, code: string): string => `
import { readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
const args = process.argv.slice(2)
const leave = (file, text) => writeFileSync(${JSON.stringify(folder)} + '/' + file, String(text))
const url = (args.find((arg) => arg.startsWith('--prometheus-url=')) ?? '').replace('--prometheus-url=', '')
const ask = async (query, path = '/api/v1/query', more = {}) => {
  const [, password] = /password (\\S+)/.exec(readFileSync(process.env.NETRC, 'utf8'))
  const authorization = 'Basic ' + Buffer.from('krr:' + password).toString('base64')
  const body = new URLSearchParams({ query, ...more })
  const answer = await fetch(url + path, { method: 'POST', headers: { authorization }, body })
  return { status: answer.status, body: await answer.text() }
}
if (args[0] === 'version') console.log('v1.29.0')
else {
  leave('args', JSON.stringify(args))
  ${code}
}
`

export const request = (more: Partial<KrrRequest> = {}): KrrRequest => ({
  chosen: simpleWith(),
  scope: { namespaces: [], kinds: [] },
  at: unixSeconds(1_793_491_230),
  ...more,
})

export const never = (): AbortSignal => new AbortController().signal

/** krr's JSON with one row, as far as it is used here, with these changes at its top. */
export const krrOutput = (more: object = {}): string =>
  JSON.stringify({
    scans: [
      {
        object: {
          cluster: 'c',
          name: 'web',
          container: 'app',
          namespace: 'shop',
          kind: 'Deployment',
          pods: [
            { name: 'web-b', deleted: true },
            { name: 'web-a', deleted: false },
          ],
          hpa: null,
          allocations: { requests: { cpu: 0.1, memory: 134217728 }, limits: { cpu: null, memory: '?' }, info: {} },
          warnings: [],
          labels: { app: 'web' },
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
        },
        recommended: {
          requests: { cpu: { value: 0.05, severity: 'GOOD' }, memory: { value: '?', severity: 'UNKNOWN' } },
          limits: { cpu: { value: null, severity: 'GOOD' }, memory: { value: '?', severity: 'UNKNOWN' } },
          info: { cpu: null, memory: 'No data' },
        },
        severity: 'GOOD',
      },
    ],
    score: 100,
    resources: ['cpu', 'memory'],
    errors: [{ name: 'HistoryRangeError' }],
    clusterSummary: { cluster_cpu: 4 },
    config: { inside_cluster: false, future: true },
    ...more,
  })
