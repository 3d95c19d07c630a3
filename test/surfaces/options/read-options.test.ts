import { describe, expect, it } from 'vitest'
import { asFlags } from '../../../src/surfaces/options/as-flags.ts'
import type { CommonOption } from '../../../src/surfaces/options/common-option.ts'
import { COMMON_OPTIONS } from '../../../src/surfaces/options/common-options.ts'
import type { CommonOptions } from '../../../src/surfaces/options/option-values.ts'
import { fromEnvironment, readOptions } from '../../../src/surfaces/options/read-options.ts'

const EVERY = COMMON_OPTIONS.map(({ key }) => key)
const optionsOf = (chosen: readonly CommonOption[]): CommonOptions =>
  Object.fromEntries(
    chosen.map(({ key, value, repeatable }) => {
      if (value === undefined) return [key, true]
      return [key, repeatable ? [`first ${key}`, `second: ${key}`] : `value of ${key}`]
    }),
  )
const FULL = optionsOf(COMMON_OPTIONS)
const VALUES = COMMON_OPTIONS.filter(({ value, repeatable }) => value !== undefined && !repeatable)
const SWITCHES = COMMON_OPTIONS.filter(({ value }) => value === undefined)
const REPEATABLE = COMMON_OPTIONS.filter(({ repeatable }) => repeatable)

describe('the common options', () => {
  it.each(VALUES)('--$flag is read, with = and without', ({ flag, key }) => {
    expect(readOptions([`--${flag}`, 'x'], {})).toEqual({
      ok: true,
      value: { options: { [key]: 'x' }, positionals: [] },
    })
    expect(readOptions([`--${flag}=x`], {})).toMatchObject({ value: { options: { [key]: 'x' } } })
    expect(readOptions([`--${flag}=x`, `--${flag}=y`], {})).toMatchObject({ value: { options: { [key]: 'y' } } })
  })

  it.each(SWITCHES)('--$flag is a switch: it takes no value', ({ flag, key }) => {
    const read = readOptions([`--${flag}`, 'x'], {})
    expect(read).toEqual({ ok: true, value: { options: { [key]: true }, positionals: ['x'] } })
    expect(readOptions([`--${flag}=false`], {})).toMatchObject({ ok: false, problem: { reason: 'bad_setting' } })
  })

  it.each(REPEATABLE)('--$flag keeps every value, in order', ({ flag, key, short }) => {
    const again = short === undefined ? `--${flag}` : `-${short}`
    const read = readOptions([`--${flag}`, 'a: b:c', again, 'd'], {})
    expect(read).toMatchObject({ ok: true, value: { options: { [key]: ['a: b:c', 'd'] } } })
  })

  it.each(VALUES.filter(({ short }) => short !== undefined))('-$short is --$flag', ({ short, key }) => {
    expect(readOptions([`-${short}`, 'x'], {})).toMatchObject({ value: { options: { [key]: 'x' } } })
  })

  it.each(VALUES.filter(({ env }) => env !== undefined))('$env is --$flag, and the flag beats it', (option) => {
    const { env = '', flag, key } = option
    expect(readOptions([], { [env]: 'e' })).toMatchObject({ value: { options: { [key]: 'e' } } })
    expect(readOptions([`--${flag}`, 'f'], { [env]: 'e' })).toMatchObject({ value: { options: { [key]: 'f' } } })
  })

  it.each(REPEATABLE)('$env has one value per line, and the flag beats all of them', ({ env = '', flag, key }) => {
    expect(fromEnvironment({ [env]: 'a: b\n\nc: d\n' })).toEqual({ [key]: ['a: b', 'c: d'] })
    expect(readOptions([`--${flag}`, 'f'], { [env]: 'a\nb' })).toMatchObject({ value: { options: { [key]: ['f'] } } })
  })

  it('are switched on by a word that says so, and by no other', () => {
    for (const word of ['true', '1', 'YES', 'on']) expect(fromEnvironment({ KRR_MCP_OPENSHIFT: word })).not.toEqual({})
    for (const word of ['false', '0', 'no', '', 'maybe'])
      expect(fromEnvironment({ KRR_MCP_OPENSHIFT: word })).toEqual({})
  })

  it('have no variable that switches the check of a certificate off', () => {
    const option = COMMON_OPTIONS.find(({ key }) => key === 'prometheusInsecureSkipVerify')
    expect(option?.env).toBeUndefined()
  })

  it('know --cluster as --context: the last one counts', () => {
    expect(readOptions(['--cluster', 'a'], {})).toMatchObject({ value: { options: { context: 'a' } } })
    expect(readOptions(['--cluster', 'a', '-c', 'b'], {})).toMatchObject({ value: { options: { context: 'b' } } })
    expect(readOptions(['-c', 'b', '--cluster=a'], {})).toMatchObject({ value: { options: { context: 'a' } } })
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

describe('a secret', () => {
  const SECRETS = COMMON_OPTIONS.filter(({ secret }) => secret)

  it.each(COMMON_OPTIONS.filter(({ flag }) => /secret|token$|auth-header|headers|password$/.test(flag)))(
    'is what --$flag has, and it can be given in the environment, as its help says',
    ({ secret, env, help }) => {
      expect(secret).toBe(true)
      expect(env).toMatch(/^KRR_MCP_/)
      expect(help).toContain('other processes can see a flag')
    },
  )

  it('never becomes a flag again, whatever keys are asked for', () => {
    expect(SECRETS.length).toBeGreaterThan(3)
    const flags = asFlags(optionsOf(SECRETS), EVERY)
    expect(flags).toEqual([])
  })
})

describe('options as flags again', () => {
  const open = COMMON_OPTIONS.filter(({ secret }) => !secret)

  it('give the same options when they are read, but for the secrets', () => {
    expect(readOptions(asFlags(FULL, EVERY), {})).toEqual({
      ok: true,
      value: { options: optionsOf(open), positionals: [] },
    })
  })

  it('are only those that were asked for and are there', () => {
    expect(asFlags(FULL, ['context'])).toEqual(['--context', 'value of context'])
    expect(asFlags(FULL, ['asGroups'])).toEqual(['--as-group', 'first asGroups', '--as-group', 'second: asGroups'])
    expect(asFlags({}, EVERY)).toEqual([])
  })

  it.each(['-', '--', '-k', '--policy=/tmp/evil'])('keep a value like %j a value', (context) => {
    expect(readOptions(asFlags({ context }, EVERY), {})).toMatchObject({ ok: true, value: { options: { context } } })
  })
})
