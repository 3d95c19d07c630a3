import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { KrrProblem } from '../../../src/ports/krr-engine.ts'
import type { KrrSettings } from '../../../src/adapters/krr-cli/krr-settings.ts'
import { simpleWith } from '../../recommender/support/chosen.ts'
import { fakeKrr, krrOutput, never, request } from './support/fake-krr.ts'

async function problemOf(code: string, more: Partial<KrrSettings> = {}): Promise<KrrProblem> {
  const { engine } = await fakeKrr(code, more)
  const answer = await engine.scan(request(), never())
  if (answer.ok) throw new Error('the scan went well')
  return answer.problem
}
const printed = JSON.stringify(krrOutput())

describe('a krr that fails', () => {
  it('is missing when there is no such program', async () => {
    const problem = await problemOf('', { command: { file: 'no-such-krr', words: [] } })
    expect(problem.reason).toBe('krr_missing')
    expect(problem.message).toContain('ENOENT')
    expect(problem.next).toContain('--engine native')
  })

  it('is missing when its interpreter does not find it', async () => {
    const problem = await problemOf('', { command: { file: '/bin/sh', words: ['/no/such/krr'] } })
    expect(problem.reason).toBe('krr_missing')
  })

  it('is malformed when it ends well and says nothing', async () => {
    const problem = await problemOf(`console.error('[10:00:00] INFO     all is well      runner.py:1')`)
    expect(problem).toMatchObject({ reason: 'krr_malformed' })
    expect(problem.message).toContain('it is empty')
    expect(problem.message).not.toContain('runner.py')
  })

  it('failed when it does not like its settings, whatever its exit code', async () => {
    const problem = await problemOf(`console.error('ERROR    Error occured while parsing arguments')`)
    expect(problem.reason).toBe('krr_failed')
    expect(problem.message).toContain('did not accept its settings')
  })

  it.each([
    ['garbage', `console.log('Traceback (most recent call last):')`],
    ['half of its answer', `process.stdout.write(${printed}.slice(0, 400))`],
    ['JSON that is none of krr', `console.log('{"scans": {}}')`],
    ['a log line before its answer', `console.log('hello'); console.log(${printed})`],
  ])('is malformed when it prints %s', async (_what, code) => {
    expect((await problemOf(code)).reason).toBe('krr_malformed')
  })

  it('failed when its exit code says so, even with a whole answer', async () => {
    const problem = await problemOf(`console.log(${printed}); process.exitCode = 1`)
    expect(problem).toMatchObject({ reason: 'krr_failed' })
    expect(problem.message).toContain('exit code 1')
  })

  it('is quoted with its last error, as one line that can do no harm', async () => {
    const problem = await problemOf(`
      console.error('[10:00:00] CRITICAL \\u001b[31mNo objects\\u0007 available \\u202eto scan.   runner.py:478')
      console.error('           some more')
      process.exitCode = 1`)
    expect(problem.message).toBe('krr gave up (exit code 1): No objects available to scan.')
  })

  it('is malformed when it prints without end', async () => {
    const code = `const line = 'x'.repeat(65536); const more = () => process.stdout.write(line, more); more()`
    const problem = await problemOf(code, { mostOutputBytes: 1_000_000 })
    expect(problem).toMatchObject({ reason: 'krr_malformed' })
  })

  it('may say as much as it likes on stderr', async () => {
    const { engine } = await fakeKrr(`
      for (let i = 0; i < 300; i += 1) console.error('y'.repeat(65536))
      console.log(${printed})`)
    expect((await engine.scan(request(), never())).ok).toBe(true)
  })

  it('timed out when it hangs', async () => {
    const problem = await problemOf(`console.error('ERROR    waiting'); setInterval(() => {}, 1000)`, {
      timeoutMs: 3000,
    })
    expect(problem.reason).toBe('krr_timeout')
    expect(problem.message).toContain('waiting')
  })

  it('did not use the context it was told to when it scanned the cluster around it', async () => {
    const code = `console.log(${JSON.stringify(krrOutput({ config: { inside_cluster: true } }))})`
    expect((await problemOf(code, { context: 'prod' })).reason).toBe('krr_bad_context')
    expect((await (await fakeKrr(code)).engine.scan(request(), never())).ok).toBe(true)
  })
})

it.each([
  ['v1.17.0', 'simple_limit', 'krr_too_old'],
  ['v1.18.0', 'simple_limit', undefined],
  ['v1.17.0', 'simple', undefined],
  ['dev', 'simple_limit', undefined],
  ['Usage: krr <something else>', 'simple', 'krr_malformed'],
] as const)('krr %s, asked for %s: %s', async (version, strategy, reason) => {
  const { folder } = await fakeKrr('')
  const command = { file: process.execPath, words: [`${folder}/other.mjs`] }
  await writeFile(
    `${folder}/other.mjs`,
    `console.log(process.argv[2] === 'version' ? ${JSON.stringify(version)} : ${printed})`,
  )
  const { engine } = await fakeKrr('', { command })
  const { settings } = simpleWith()
  const chosen =
    strategy === 'simple'
      ? simpleWith()
      : ({ strategy, settings: { ...settings, cpuRequest: 66, cpuLimit: 96 } } as const)
  const answer = await engine.scan(request({ chosen }), never())
  expect(answer.ok ? undefined : answer.problem.reason).toBe(reason)
})

it('reads numbers, null and "?" as krr means them, and nothing that is not used', async () => {
  const { engine } = await fakeKrr(`console.log(${printed})`)
  const answer = await engine.scan(request(), never())
  if (!answer.ok) throw new Error(answer.problem.message)
  const [row] = answer.value.rows
  expect(row).toMatchObject({
    allocations: { limits: { cpu: null, memory: '?' } },
    requests: { cpu: { value: 0.05 }, memory: { value: '?' } },
    info: { cpu: null, memory: 'No data' },
    pods: [{ name: 'web-a' }, { name: 'web-b' }],
  })
  expect(JSON.stringify(answer.value)).not.toContain('last-applied-configuration')
  expect(answer.value).toMatchObject({ version: 'v1.29.0', score: 100, errors: [{ name: 'HistoryRangeError' }] })
})

it.each([
  ['a number as text', { value: '0.05', severity: 'GOOD' }],
  ['a severity that krr does not have', { value: 0.05, severity: 'FINE' }],
  ['no severity', { value: 0.05 }],
])('refuses %s', async (_what, cpu) => {
  const output = JSON.parse(krrOutput()) as { scans: { recommended: { requests: { cpu: unknown } } }[] }
  output.scans[0]!.recommended.requests.cpu = cpu
  const problem = await problemOf(`console.log(${JSON.stringify(JSON.stringify(output))})`)
  expect(problem.reason).toBe('krr_malformed')
  expect(problem.message).toContain('scans.0.recommended.requests.cpu')
})
