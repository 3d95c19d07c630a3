import { expect, it } from 'vitest'
import { adoptionLevel } from '../../../src/safety/policy/adoption-level.ts'
import { levelFor } from '../../../src/safety/policy/level-for.ts'
import { parsePolicy } from '../../../src/safety/policy/parse-policy.ts'
import { strictestPolicy } from '../../../src/safety/policy/strictest-policy.ts'
import { problemOf, valueOf } from '../support/value-of.ts'

const listing = (...lines: readonly string[]): string => ['client_namespaces:', ...lines].join('\n')

it('reads the namespaces in which an answer through the client is enough', () => {
  const text = listing('  - sandbox', '  - dev-1')
  expect(valueOf(parsePolicy(text))).toMatchObject({ clientNamespaces: ['dev-1', 'sandbox'], text })
})

it('reads an empty map and an empty list as "none"', () => {
  expect(valueOf(parsePolicy('{}')).clientNamespaces).toEqual([])
  expect(valueOf(parsePolicy('client_namespaces: []')).clientNamespaces).toEqual([])
})

it('has one revision for one meaning, whatever the spelling', () => {
  const revisions = ['client_namespaces: [b, a]', listing('- a # comment', '- "b"')].map(
    (text) => valueOf(parsePolicy(text)).revision,
  )
  expect(revisions[0]).toBe(revisions[1])
  expect(revisions[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(valueOf(parsePolicy('client_namespaces: [a]')).revision).not.toBe(revisions[0])
})

it.each([
  ['an unknown key', 'client_namespace: [a]', 'line 1, column 1', 'client_namespace'],
  ['a second key', 'client_namespaces: [a]\nlevels: {}', 'line 2, column 1', 'levels is not a key'],
  ['a text for a list', 'client_namespaces: a', 'line 1, column 20', 'must be a list'],
  ['nothing for a list', 'client_namespaces:', 'line 1', 'must be a list'],
  ['a number for a name', 'client_namespaces: [1]', 'line 1, column 21', 'plain text'],
  ['a map for a name', listing('- a: b'), 'line 2, column 3', 'plain text'],
  ['a null for a name', 'client_namespaces: [null]', 'line 1, column 21', 'plain text'],
  ['a name twice', 'client_namespaces: [a, b, a]', 'line 1, column 27', 'twice'],
  ['a wildcard', 'client_namespaces: ["*"]', 'line 1, column 21', 'pattern'],
  ['a prefix', listing('- team-*'), 'line 2, column 3', 'pattern'],
  ['a regular expression', listing('- "^dev$"'), 'line 2, column 3', 'pattern'],
  ['an upper-case name', 'client_namespaces: [Dev]', 'line 1, column 21', "not a namespace's name"],
  ['an empty name', 'client_namespaces: [""]', 'line 1, column 21', "not a namespace's name"],
  ['a list for a key', '? [a]\n: [b]', 'line 1', 'not a key'],
  ['a list at the top', '- a', 'line 1, column 1', 'a map'],
  ['an empty file', '', 'line 1', 'a map'],
  ['a key twice', 'client_namespaces: [a]\nclient_namespaces: [b]', 'line 2, column 1', 'unique'],
  ['two documents', 'client_namespaces: [a]\n---\nclient_namespaces: [b]', 'line', 'document'],
  ['an anchor', 'client_namespaces: &a [x]', 'line 1', 'anchors'],
  ['an anchor on a name', 'client_namespaces: [&a x, *a]', 'line 1, column 2', 'plain text'],
  ['an anchor on the only name', 'client_namespaces: [&a x]', 'line 1', 'plain text'],
  ['a tag', 'client_namespaces: !set [x]', 'line 1', ''],
  ['broken YAML', 'client_namespaces: [a', 'line 1', ''],
])('refuses %s, with line and column', (_, text, where, what) => {
  const { reason, message } = problemOf(parsePolicy(text))
  expect(reason).toBe('policy_invalid')
  expect(message).toContain(where)
  expect(message).toContain(what)
})

it('refuses a file that is too long to have been written by a person', () => {
  expect(problemOf(parsePolicy(`# ${'x'.repeat(100_001)}`)).reason).toBe('policy_invalid')
})

it('needs a terminal wherever one namespace is not listed, and for no namespace at all', () => {
  const policy = valueOf(parsePolicy('client_namespaces: [a, b]'))
  expect(levelFor(policy, ['a'])).toBe('client')
  expect(levelFor(policy, ['b', 'a', 'a'])).toBe('client')
  expect(levelFor(policy, ['a', 'c'])).toBe('terminal')
  expect(levelFor(policy, [])).toBe('terminal')
  expect(levelFor(strictestPolicy, ['a'])).toBe('terminal')
})

it('is adopted at a terminal, also when it only gets stricter', () => {
  expect(adoptionLevel(valueOf(parsePolicy('client_namespaces: [a]')), strictestPolicy)).toBe('terminal')
})

it('is the strictest without a file, under a revision of its own', () => {
  expect(strictestPolicy).toEqual({ clientNamespaces: [], revision: 'default', text: '' })
})
