import { expect, it } from 'vitest'
import { isWrite } from './is-write.ts'
import type { AuditEvent } from './read-audit-log.ts'

const event = (verb: string, requestURI: string, objectRef: AuditEvent['objectRef'] = {}): AuditEvent => ({
  auditID: '1',
  stage: 'ResponseComplete',
  user: { username: 'alice' },
  requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z',
  verb,
  requestURI,
  objectRef,
})

it('counts whatever it does not know as a write', () => {
  for (const verb of ['create', 'update', 'patch', 'delete', 'deletecollection', 'post', 'impersonate']) {
    expect(isWrite(event(verb, '/apis/apps/v1/namespaces/a/deployments/b'))).toBe(true)
  }
})

it('takes for a dry run only what the address says is nothing else', () => {
  const patch = (query: string): boolean => isWrite(event('patch', `/api/v1/namespaces/a/pods/b${query}`))
  expect(patch('?dryRun=All')).toBe(false)
  expect(patch('?dryRun=all')).toBe(true)
  expect(patch('?dryRun=')).toBe(true)
  expect(patch('?dryRun=All&dryRun=None')).toBe(true)
  expect(patch('?fieldManager=dryRun=All')).toBe(true)
})

it('lets nobody into a pod unseen', () => {
  expect(isWrite(event('get', '/api/v1/namespaces/a/pods/b/exec?command=rm', { subresource: 'exec' }))).toBe(true)
})

it('does not take a token for a review', () => {
  const token = { resource: 'serviceaccounts', subresource: 'token' }
  expect(isWrite(event('create', '/api/v1/namespaces/a/serviceaccounts/b/token', token))).toBe(true)
})
