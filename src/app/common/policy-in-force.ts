import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { PolicyState } from '../../journal/state.ts'
import type { Policy } from '../../safety/policy/policy.ts'
import { strictestPolicy } from '../../safety/policy/strictest-policy.ts'

/**
 * The policy that holds now. A file takes effect only as the revision that a person adopted: an edited file must not
 * loosen anything by being saved. No file is the strictest policy, which needs nobody's consent.
 */
export function policyInForce(file: Policy | null, adopted: PolicyState | null, command: string): Result<Policy> {
  if (file === null) return ok(strictestPolicy)
  if (adopted?.revision === file.revision) return ok(file)
  const what = adopted ? 'has changed since it was adopted' : 'has not been adopted yet'
  return failed(
    problem(
      'policy_not_adopted',
      `The policy file ${what}; nothing is planned or applied under it.`,
      `A person runs: ${command} policy adopt`,
    ),
  )
}
