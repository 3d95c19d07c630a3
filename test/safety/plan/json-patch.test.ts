import { expect, it } from 'vitest'
import type { KubeObject } from '../../../src/model/observation.ts'
import { applyPatch, pointer } from '../../../src/safety/plan/json-patch.ts'

const object: KubeObject = { metadata: { uid: 'u' }, gone: null, list: [1] }
const testNull = (path: string) => applyPatch(object, [{ op: 'test', path, value: null }]).kind

it('takes a test with null for "is absent", as the API server does, and only below a parent that exists', () => {
  expect(testNull('/metadata/annotations')).toBe('patched')
  expect(testNull('/gone')).toBe('patched')
  expect(testNull('/metadata/uid')).toBe('refused')
  expect(testNull('/metadata/annotations/a')).toBe('refused')
  expect(testNull('/gone/a')).toBe('refused')
  expect(testNull('/metadata/uid/length')).toBe('refused')
})

it('stops at the first operation that does not apply, and leaves the object as it is', () => {
  const add = { op: 'add', path: '/metadata/name', value: 'x' } as const
  const remove = { op: 'remove', path: '/nothing' } as const
  expect(applyPatch(object, [add, remove, add])).toEqual({ kind: 'refused', operation: remove })
  expect(object).toEqual({ metadata: { uid: 'u' }, gone: null, list: [1] })
})

it('escapes keys in a pointer', () => {
  expect(pointer('a', 0, 'krr-mcp.dev/last~change')).toBe('/a/0/krr-mcp.dev~1last~0change')
})
