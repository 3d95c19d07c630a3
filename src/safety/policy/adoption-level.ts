import type { Level } from '../../model/level.ts'
import type { Policy } from './policy.ts'

/**
 * The level that adopting `next` in place of `current` needs. Always a terminal for now: whoever could change the policy
 * through the model's client could first allow that client everything. Later, the highest level that either demands.
 */
export const adoptionLevel = (_current: Policy, _next: Policy): Level => 'terminal'
