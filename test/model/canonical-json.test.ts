import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/model/canonical-json.ts'

const theirs = canonicalize as unknown as (value: unknown) => string | undefined

it('is what the package for RFC 8785 makes of any value', () => {
  const keys = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '10', '9', '1', 'é', 'a', 'B', ''))
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, undefined, 0, -0, 1e21, 1e-7, 0.1 + 0.2, Number.MAX_SAFE_INTEGER),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value')),
      fc.dictionary(keys, tie('value')),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(keys, value), (object) => {
      expect(canonicalJson(object)).toBe(theirs(object))
    }),
    { numRuns: 2000 },
  )
})

it('does not depend on the order of keys', () => {
  const one = { b: 1, a: { d: [1, { z: 1, y: 2 }], c: null } }
  const two = { a: { c: null, d: [1, { y: 2, z: 1 }] }, b: 1 }
  expect(canonicalJson(one)).toBe('{"a":{"c":null,"d":[1,{"y":2,"z":1}]},"b":1}')
  expect(canonicalJson(two)).toBe(canonicalJson(one))
})

it.each([Number.NaN, Infinity, undefined])('%s has no canonical form', (value) => {
  expect(() => canonicalJson(value)).toThrow()
  if (value !== undefined) expect(() => canonicalJson({ a: [value] })).toThrow()
})
