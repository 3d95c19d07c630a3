import { describe, expect, it } from 'vitest'
import { COMMON_OPTIONS, type CommonOptions } from '../../../src/surfaces/options/common-options.ts'
import { asFlags, fromEnvironment, readOptions } from '../../../src/surfaces/options/read-options.ts'

const EVERY = COMMON_OPTIONS.map(({ key }) => key)
const FULL = Object.fromEntries(EVERY.map((key) => [key, `value of ${key}`])) as CommonOptions

describe('the common options', () => {
  it.each(COMMON_OPTIONS)('--$flag is read, with = and without', ({ flag, key }) => {
    expect(readOptions([`--${flag}`, 'x'], {})).toEqual({
      ok: true,
      value: { options: { [key]: 'x' }, positionals: [] },
    })
    expect(readOptions([`--${flag}=x`], {})).toMatchObject({ value: { options: { [key]: 'x' } } })
  })

  it.each(COMMON_OPTIONS.filter(({ short }) => short !== undefined))('-$short is --$flag', ({ short, key }) => {
    expect(readOptions([`-${short}`, 'x'], {})).toMatchObject({ value: { options: { [key]: 'x' } } })
  })

  it.each(COMMON_OPTIONS.filter(({ env }) => env !== undefined))('$env is --$flag, and the flag beats it', (option) => {
    const { env = '', flag, key } = option
    expect(readOptions([], { [env]: 'e' })).toMatchObject({ value: { options: { [key]: 'e' } } })
    expect(readOptions([`--${flag}`, 'f'], { [env]: 'e' })).toMatchObject({ value: { options: { [key]: 'f' } } })
  })

  it('count an empty variable as not set', () => {
    expect(fromEnvironment({ KRR_MCP_CONTEXT: '', KRR_MCP_POLICY: undefined })).toEqual({})
  })

  it('leave what is no option to the worker: the execution id', () => {
    expect(readOptions(['x-7k3m', '--context', 'prod'], {})).toEqual({
      ok: true,
      value: { options: { context: 'prod' }, positionals: ['x-7k3m'] },
    })
  })

  it.each([[['--nope']], [['--context']], [['-z']], [['--soak', '--policy']]])(
    '%j is refused in a sentence',
    (argv) => {
      const read = readOptions(argv, {})
      expect(read).toMatchObject({
        ok: false,
        problem: { reason: 'bad_setting', next: expect.stringContaining('--help') },
      })
      expect(!read.ok && read.problem.message).not.toContain('\n')
    },
  )
})

describe('options as flags again', () => {
  it('give the same options when they are read', () => {
    expect(readOptions(asFlags(FULL, EVERY), {})).toMatchObject({ ok: true, value: { options: FULL } })
  })

  it('are only those that were asked for and are there', () => {
    expect(asFlags(FULL, ['context'])).toEqual(['--context', 'value of context'])
    expect(asFlags({}, EVERY)).toEqual([])
  })

  it.each(['-', '--', '-k', '--policy=/tmp/evil'])('keep a value like %j a value', (context) => {
    expect(readOptions(asFlags({ context }, EVERY), {})).toMatchObject({ ok: true, value: { options: { context } } })
  })
})
