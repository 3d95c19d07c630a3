import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nameFilter } from '../../../../src/adapters/kubernetes/read/name-filter.ts'
import { expectOk } from '../support/expect-ok.ts'

const asPattern = (glob: string): RegExp => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)

it('matches what the same pattern with `.*` for each `*` matches', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), minLength: 1, maxLength: 8 })
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 })
  fc.assert(
    fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), name, (globs, text) => {
      const wants = expectOk(nameFilter(globs, 'workload'))
      expect(wants(text)).toBe(globs.some((one) => asPattern(one).test(text)))
    }),
    { numRuns: 5000 },
  )
})
