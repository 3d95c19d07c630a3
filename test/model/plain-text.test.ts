import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/model/plain-text.ts'

describe('plain text', () => {
  it.each([
    ['colours and cursor movements', '\u001B[31mred\u001B[0m\u001B[2J', 'red'],
    ['a window title', '\u001B]0;owned\u0007web', 'web'],
    ['control characters', 'a\u0000b\r\nc\td\u007Fe\u0085f', 'a b c d e f'],
    ['direction marks', 'a\u202Eb\u2066c\u200Fd', 'a b c d'],
    ['what has no width', 'a\u200Bb\uFEFFc\u2060d\u00ADe', 'a b c d e'],
    ['tags and private use', 'a\u{E0041}b\uE000c', 'a b c'],
    ['line separators', 'a\u2028b\u2029c', 'a b c'],
  ])('does not show %s', (_what, text, plain) => {
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
