import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { stricter, type Level } from '../../model/level.ts'
import type { Plan } from '../../model/plan.ts'
import { levelFor } from '../../safety/policy/level-for.ts'
import type { Policy } from '../../safety/policy/policy.ts'
import type { AppPorts } from './app-ports.ts'
import { policyInForce } from './policy-in-force.ts'

type Reads = Pick<AppPorts, 'policyFile' | 'journal' | 'command'>

/** The policy in force, read afresh: it is asked for at every step, so that an edit is noticed at the next one. */
export async function policyNow({ policyFile, journal, command }: Reads): Promise<Result<Policy>> {
  const file = await policyFile()
  if (!file.ok) return file
  const state = await journal.state()
  return state.ok ? policyInForce(file.value, state.value.policy, command) : state
}

/** The level that a plan needs now: the stricter of what it was made under and of what holds. */
export async function levelNow(plan: Plan, ports: Reads): Promise<Result<Level>> {
  const policy = await policyNow(ports)
  if (!policy.ok) return policy
  const namespaces = plan.steps.map((step) => step.target.namespace)
  return ok(stricter(plan.requiredLevel, levelFor(policy.value, namespaces)))
}

/** Which levels can be reached in this build. What is not built denies; it never falls back to a weaker one. */
export function reachable(level: Level, command: string): Result<'client' | 'terminal'> {
  if (level === 'client' || level === 'terminal') return ok(level)
  return failed(
    problem(
      'level_not_available',
      `This change needs a decision at level ${level}, which cannot be given here.`,
      `See the policy: ${command} policy show`,
    ),
  )
}
