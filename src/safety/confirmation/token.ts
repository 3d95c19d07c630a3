import type { Actor } from '../../model/actor.ts'
import { sha256 } from '../../model/hash.ts'
import type { ExecutionId, PlanId } from '../../model/ids.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { millis, type Millis } from '../../model/time.ts'
import type { Journal } from '../../journal/journal.ts'
import type { ExecutionState, JournalState, PlanState } from '../../journal/state.ts'
import type { Randomness } from '../../ports/randomness.ts'

/** The longest a token can live: it is minted when it is collected, to be used at once. */
export const LONGEST_TOKEN: Millis = millis(300_000)

/** Mints the single-use token of an approved plan. It proves *that* a person approved; it is not the approval. An earlier one is void. */
export async function mintToken(
  { plan, validFor }: { readonly plan: PlanId; readonly validFor: Millis },
  by: Actor,
  { journal, random }: { journal: Journal; random: Randomness },
): Promise<Result<string>> {
  const token = `krr-${Buffer.from(random.bytes(32)).toString('base64url')}`
  const facts = { tokenHash: sha256(token), validFor: millis(Math.min(validFor, LONGEST_TOKEN)) }
  return journal.append(() =>
    ok({ drafts: [{ actor: by, event: { kind: 'token_minted', subject: plan, facts } }], value: token }),
  )
}

const ASK = 'Call request_confirmation for the plan; a person must approve it first.'

/** The approved plan that a token belongs to. */
export function planOfToken(state: JournalState, token: string): Result<PlanState> {
  const hash = sha256(token)
  for (const plan of state.plans.values())
    if (plan.phase.kind === 'approved' && plan.phase.token?.hash === hash) return ok(plan)
  const spent: ExecutionState | undefined = [...state.executions.values()].find((each) => each.tokenHash === hash)
  if (spent)
    return failed(
      problem(
        'token_used',
        `That token was used already: it started ${spent.id}.`,
        `Look at it with get_execution ${spent.id}.`,
      ),
    )
  return failed(
    problem(
      'token_unknown',
      'That confirmation token is unknown: guessed, replaced by a later one, or of another state directory.',
      ASK,
    ),
  )
}

export type Redemption = { readonly by: 'token'; readonly token: string } | { readonly by: 'command' }

/** Spends a decision: one journal entry that makes the plan applied and its execution queued, atomically and once. */
export async function redeem(
  about: { readonly plan: PlanId; readonly digest: string; readonly execution: ExecutionId; readonly deadline: Millis },
  redemption: Redemption,
  { journal, by }: { journal: Journal; by: Actor },
): Promise<Result<ExecutionId>> {
  const { plan, digest, execution, deadline } = about
  const tokenHash = redemption.by === 'token' ? sha256(redemption.token) : null
  const facts = { plan, digest, redeemedBy: redemption.by, tokenHash, deadline }
  return journal.append(() =>
    ok({ drafts: [{ actor: by, event: { kind: 'execution_queued', subject: execution, facts } }], value: execution }),
  )
}
