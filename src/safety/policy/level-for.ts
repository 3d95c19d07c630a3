import type { Level } from '../../model/level.ts'
import type { Policy } from './policy.ts'

/**
 * The level that a change to these namespaces needs. One namespace that is not listed decides for all: a plan is
 * answered as a whole, so its most protected part sets the demand. No namespace at all proves nothing.
 */
export function levelFor(policy: Policy, namespaces: readonly string[]): Level {
  const listed = namespaces.length > 0 && namespaces.every((each) => policy.clientNamespaces.includes(each))
  return listed ? 'client' : 'terminal'
}
