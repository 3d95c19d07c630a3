import { describe, expect, it } from 'vitest'
import { krrReadsQuantity, parseQuantity } from '../../src/model/quantity.ts'
import { krrVectors } from '../recommender/support/krr-vectors.ts'

describe('a quantity', () => {
  it.each<[string, number]>([
    ['100n', 1e-7],
    ['100u', 1e-4],
    ['70m', 0.07],
    ['2', 2],
    ['3k', 3e3],
    ['3M', 3e6],
    ['3G', 3e9],
    ['3T', 3e12],
    ['3P', 3e15],
    ['3E', 3e18],
    ['3Ki', 3 * 2 ** 10],
    ['3Mi', 3 * 2 ** 20],
    ['3Gi', 3 * 2 ** 30],
    ['3Ti', 3 * 2 ** 40],
    ['3Pi', 3 * 2 ** 50],
    ['3Ei', 3 * 2 ** 60],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E+3', 1000],
    ['12e-3', 0.012],
    // No digits behind the E: an exa.
    ['1E', 1e18],
    ['1Ei', 2 ** 60],
    ['+.5', 0.5],
    ['-1.5Gi', -1.5 * 2 ** 30],
    ['1.', 1],
    ['1.k', 1000],
    ['0.1u', 1e-7],
    ['1e3u', 1e-3],
    [' 1Gi ', 2 ** 30],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value)
  })

  it.each([
    '',
    ' ',
    'm',
    'Gi',
    '1K',
    '1mi',
    '1ki',
    '1U',
    '1N',
    '1µ',
    '1KiB',
    '1 Gi Gi',
    '0x10',
    '1,5',
    '--1',
    '1e',
    '1eu',
    'e3',
    'NaN',
    'Infinity',
    '1e400',
    '1uu',
  ])('“%s” is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
    expect(krrReadsQuantity(text)).toBe(false)
  })

  it('of a custom resource may be a bare number', () => {
    expect([2, 0.5, 1e12].map(parseQuantity)).toEqual([2, 0.5, 1e12])
    expect([Number.NaN, Infinity].map(parseQuantity)).toEqual([undefined, undefined])
    expect(krrReadsQuantity(0.5)).toBe(true)
  })

  it('is the nearest double where krr cannot read it', () => {
    for (let count = 1; count < 20_000; count += 37) {
      expect(parseQuantity(`${count}u`)).toBe(count / 1e6)
      expect(parseQuantity(`${count}n`)).toBe(count / 1e9)
    }
    // Multiplied, these would be off in the last place.
    expect(parseQuantity('100u')).not.toBe(100 * 1e-6)
    expect(parseQuantity('0.0000001n')).toBe(1e-16)
    expect(parseQuantity('123456789012345678901234567890u')).toBe(Number('123456789012345678901234.56789'))
  })

  it('is krr’s own double where krr can read it, off in the last place as krr is', () => {
    expect(krrVectors.quantity_parse.filter(([, value]) => value !== 'ERROR').length).toBeGreaterThan(20)
    for (const [text, value] of krrVectors.quantity_parse) {
      expect([text, krrReadsQuantity(text)]).toEqual([text, value !== 'ERROR'])
      if (value !== 'ERROR') expect([text, parseQuantity(text)]).toEqual([text, value])
    }
    expect(parseQuantity('9m')).toBe(9 * 0.001)
    expect(parseQuantity('9m')).not.toBe(0.009)
  })
})
