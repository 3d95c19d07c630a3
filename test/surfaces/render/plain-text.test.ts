import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src/surfaces/render/plain-text.ts'
import { cpuText, memoryText } from '../../../src/surfaces/render/resource-text.ts'

describe('plain text', () => {
  it.each([
    ['colours and cursor movements', '\u001B[31mred\u001B[0m\u001B[2J', 'red'],
    ['a window title', '\u001B]0;owned\u0007web', 'web'],
    ['control characters', 'a\u0000b\r\nc\td\u007Fe\u0085f', 'abcdef'],
    ['direction marks', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
    ['what has no width', 'a\u200Bb\uFEFFc\u2060d\u00ADe', 'abcde'],
    ['tags and private use', 'a\u{E0041}b\uE000c', 'abc'],
    ['line separators', 'a\u2028b\u2029c', 'abc'],
  ])('has lost %s', (_what, text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  it('keeps what people write', () => {
    expect(plainText('Grüße, 世界 👋 – web-1.example')).toBe('Grüße, 世界 👋 – web-1.example')
  })

  it('is capped, in whole characters', () => {
    expect(plainText('👋'.repeat(30), 10)).toBe(`${'👋'.repeat(9)}…`)
  })

  it('of anything is one line without anything unseen', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(plainText(text, 50)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(Array.from(plainText(text, 50)).length).toBeLessThanOrEqual(50)
      }),
    )
  })
})

describe('amounts', () => {
  it('of CPU are millicores below one core', () => {
    expect([0, 0.01, 0.0004, 0.244, 1, 1.916, 12.5, null, '?' as const].map(cpuText)).toEqual([
      '0m',
      '10m',
      '0.4m',
      '244m',
      '1',
      '1.916',
      '12.5',
      'unset',
      '?',
    ])
  })
  it('of memory have the unit that fits', () => {
    expect([0, 1000, 128 * 2 ** 20, 1.5 * 2 ** 30, 1e9, 4 * 2 ** 40, null, '?' as const].map(memoryText)).toEqual([
      '0',
      '1000',
      '128Mi',
      '1.5Gi',
      '954Mi',
      '4Ti',
      'unset',
      '?',
    ])
  })
})
