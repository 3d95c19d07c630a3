import { expect, it } from 'vitest'
import { makeExecutionId, makePlanId, makeScanId } from '../../../src/app/common/make-id.ts'
import { ID_ALPHABET, type PlanId } from '../../../src/model/ids.ts'
import { systemRandomness } from '../../../src/adapters/local/system-randomness.ts'

const NONE = new Map<never, unknown>()

it('ids say what they are of, and are short', () => {
  expect(makeScanId(NONE, systemRandomness)).toMatch(/^s-[a-z2-9]{4}$/)
  expect(makePlanId(NONE, systemRandomness)).toMatch(/^p-[a-z2-9]{4}$/)
  expect(makeExecutionId(NONE, systemRandomness)).toMatch(/^x-[a-z2-9]{4}$/)
})

it('ids hold nothing that is taken for something else when it is read aloud or typed', () => {
  expect(ID_ALPHABET).not.toMatch(/[01oilu]/)
  expect(ID_ALPHABET).toBe(ID_ALPHABET.toLowerCase())
  expect(new Set(ID_ALPHABET).size).toBe(ID_ALPHABET.length)
})

it('each character is nearly as likely as every other: 8 or 9 of 256 bytes give it', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1) {
    const id = makePlanId(NONE, { bytes: (count) => new Uint8Array(count).fill(byte) })
    const [drawn] = new Set(id.slice(2))
    counts.set(drawn ?? '', (counts.get(drawn ?? '') ?? 0) + 1)
  }
  expect(new Set(counts.keys())).toEqual(new Set(ID_ALPHABET))
  expect(new Set(counts.values())).toEqual(new Set([8, 9]))
})

it('an id that is taken is not given again; when the short ones run out they grow', () => {
  const always = { bytes: (count: number) => new Uint8Array(count) }
  const taken = new Map<PlanId, unknown>()
  for (const length of [4, 5, 6, 7]) {
    const id = makePlanId(taken, always)
    expect(id).toBe(`p-${ID_ALPHABET.charAt(0).repeat(length)}`)
    taken.set(id, null)
  }
})

it('a thousand ids are all different', () => {
  const taken = new Map<PlanId, unknown>()
  for (let at = 0; at < 1000; at += 1) taken.set(makePlanId(taken, systemRandomness), null)
  expect(taken.size).toBe(1000)
})
