import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Severity } from '../../../../src/model/recommendation.ts'
import { wallMillis } from '../../../../src/model/time.ts'
import { fileFor } from '../../../../src/surfaces/cli/scan/file-for.ts'
import { rowsAtLeast } from '../../../../src/surfaces/cli/scan/fails-on.ts'
import { FORMATS } from '../../../../src/surfaces/cli/scan/scan-flags.ts'
import { rowOf, scanOf } from '../../../safety/support/scan-of.ts'
import { runIn } from '../support/run-in.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'krr-mcp-output-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('--fail-on', () => {
  const scan = scanOf(
    (['UNKNOWN', 'GOOD', 'OK', 'WARNING', 'WARNING', 'CRITICAL'] satisfies Severity[]).map((severity) => ({
      ...rowOf(),
      severity,
    })),
  )
  it.each([
    ['OK', 4],
    ['WARNING', 3],
    ['CRITICAL', 1],
  ] as const)('%s counts what is as bad or worse; what is unknown is not bad', (severity, count) => {
    expect(rowsAtLeast(scan, severity)).toBe(count)
  })
})

describe('the file of a result', () => {
  const NOW = wallMillis(Date.UTC(2026, 10, 24, 13, 5, 9, 123))

  it.each([
    ['table', 'txt'],
    ['json', 'json'],
    ['yaml', 'yaml'],
    ['csv', 'csv'],
    ['csv-raw', 'csv'],
    ['markdown', 'md'],
    ['html', 'html'],
  ] as const)('of %s has krr’s name and ends in .%s with --fileoutput-dynamic', (formatter, suffix) => {
    expect(fileFor({ formatter, fileoutputDynamic: true }, NOW)).toBe(`krr-20261124130509.${suffix}`)
  })

  it('is the one that was named, else none', () => {
    expect(fileFor({ formatter: 'json', fileoutput: 'x', fileoutputDynamic: true }, NOW)).toBe('x')
    expect(fileFor({ formatter: 'json' }, NOW)).toBeUndefined()
  })

  it.each(FORMATS)('holds what was printed, and only its user can read it: %s', async (format) => {
    const file = join(folder(), 'report')
    const { code, out, err } = await runIn(['scan', '-f', format, '--fileoutput', file])
    expect(code, err).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(out)
    expect(out.endsWith('\n')).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(err).toContain(`written to ${file}\n`)
  })

  it('replaces a link instead of following it', async () => {
    const [place, other] = [folder(), join(folder(), 'other')]
    writeFileSync(other, 'mine')
    symlinkSync(other, join(place, 'report'))
    expect((await runIn(['scan', '-q', '-f', 'json', '--fileoutput', join(place, 'report')])).code).toBe(0)
    expect(readFileSync(other, 'utf8')).toBe('mine')
  })

  it('that cannot be written is a usage error; the result was printed all the same', async () => {
    const file = join(folder(), 'none', 'report')
    const { code, out, err } = await runIn(['scan', '-f', 'json', '--fileoutput', file])
    expect(code).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ scans: [] })
    expect(err).toMatch(/^error: .*cannot be written.*\nnext: .*--fileoutput/)
    expect(existsSync(file)).toBe(false)
  })
})

it.each([['--diff'], ['--diff', 's-zzzz']])('%s %s without such a scan is told with what to do', async (...words) => {
  const { code, out, err } = await runIn(['scan', ...words])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^error: .*\nnext: ./)
})

it('--record and --replay exclude each other', async () => {
  const { code, err } = await runIn(['scan', '--record', 'a', '--replay', 'b'])
  expect([code, err]).toEqual([2, expect.stringContaining('exclude each other')])
})

it.each(['--record', '--replay'])('--dry-run and %s exclude each other', async (flag) => {
  const { code, out, err } = await runIn(['scan', '--dry-run', flag, 'a'])
  expect([code, out, err]).toEqual([2, '', expect.stringContaining('--dry-run')])
})
