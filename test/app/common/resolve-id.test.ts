import { describe, expect, it } from 'vitest'
import { resolveId } from '../../../src/app/common/resolve-id.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

const KNOWN = ['p-7k3m', 'p-7k4a', 'p-abcd', 'p-abcde']
const find = (typed: string | undefined, known: readonly string[] = KNOWN) =>
  resolveId(known, { what: 'plan', typed, stateDir: '/the/state' })

describe('an id', () => {
  it.each([
    ['as it is', 'p-7k3m'],
    ['in capitals', 'P-7K3M'],
    ['with blanks around it', '  p-7k3m\n'],
    ['by a prefix that is its alone', 'p-7k3'],
    ['without its letter', '7k3m'],
    ['by a prefix without its letter', '7k3'],
    ['without its letter, in capitals', '7K3'],
  ])('is found %s', (_, typed) => {
    expect(valueOf(find(typed))).toBe('p-7k3m')
  })
  it('that is another one with more behind it is the whole one', () => {
    expect(valueOf(find('p-abcd'))).toBe('p-abcd')
    expect(valueOf(find('P-ABCDE'))).toBe('p-abcde')
  })
  it('that is left out is the newest', () => {
    expect(valueOf(find(undefined))).toBe('p-abcde')
  })
  it.each(['p-7k', '7k', 'p-', 'p', 'abc'])('"%s" that fits several is none, and they are named', (typed) => {
    const why = problemOf(find(typed))
    expect(why).toMatchObject({ reason: 'ambiguous_id', message: expect.stringContaining(`"${typed}" fits`) })
    expect(why.message).toContain(typed.endsWith('bc') ? 'p-abcd' : 'p-7k3m')
  })
  it('that fits many names five of them', () => {
    const many = Array.from({ length: 9 }, (_, at) => `p-7k3${at}`)
    expect(problemOf(find('7k', many)).message).toBe('"7k" fits 9 plans: p-7k30, p-7k31, p-7k32, p-7k33, p-7k34.')
  })
  it.each(['p-zzzz', 'x-7k3m', '3m', 'k3m', '*', '.*', 'p-7k3mm', '%'])(
    '"%s" that fits none says where was looked',
    (typed) => {
      expect(problemOf(find(typed))).toMatchObject({
        reason: 'unknown_id',
        message: `There is no plan "${typed}" in /the/state.`,
        next: expect.stringContaining('--state-dir'),
      })
    },
  )
  it('that is nothing is none, not the only one there is', () => {
    for (const typed of ['', '  ', '\n']) {
      expect(problemOf(find(typed, ['p-7k3m'])).reason).toBe('unknown_id')
      expect(problemOf(find(typed)).reason).toBe('unknown_id')
    }
  })
  it('that is long is not repeated at length', () => {
    expect(problemOf(find('z'.repeat(5000))).message.length).toBeLessThan(100)
  })
  it('where there is none says so', () => {
    expect(problemOf(find(undefined, []))).toMatchObject({
      reason: 'unknown_id',
      message: 'There is no plan yet in /the/state.',
    })
  })
})
