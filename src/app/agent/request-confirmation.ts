import { failed, ok, type Result } from '../../model/result.ts'
import { isShortEnoughForForm } from '../../safety/prompt/is-short-enough-for-form.ts'
import { ask } from '../../safety/confirmation/ask.ts'
import { mintToken } from '../../safety/confirmation/token.ts'
import { whyNotOpen } from '../../journal/plan-transition.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { promptFor, typeThis } from '../common/confirmation-view.ts'
import { loadPlan, type PlanView } from '../common/load.ts'
import { levelNow, reachable } from '../common/policy-now.ts'
import { stillTrue } from '../common/still-true.ts'
import { waitForChange } from '../common/wait-for-change.ts'
import type { ConfirmationOutcome, WaitingReason } from './confirmation-outcome.ts'

export interface ConfirmationRequest {
  readonly plan: string | undefined
  /** Whether the client says that it can show a form. */
  readonly clientHasForms: boolean
  readonly waitSeconds: number
  readonly signal?: AbortSignal
}

/** The line that a person runs to decide. */
export const approveCommand = (view: PlanView, { command }: Pick<AppPorts, 'command'>): string =>
  `${command} approve ${view.plan.id}`

export const waiting = (view: PlanView, reason: WaitingReason, ports: AppPorts): Result<ConfirmationOutcome> =>
  ok({ kind: 'waiting', view, reason, command: approveCommand(view, ports) })

/** Hands out the token of an approved plan, after looking once more at the world that was approved. */
export async function collect(view: PlanView, ports: AppPorts): Promise<Result<ConfirmationOutcome>> {
  const whole = await ports.journal.reread()
  if (!whole.ok) return whole
  const current = await stillTrue(view.plan, ports)
  if (!current.ok) return current
  const validFor = ports.tokenValidFor
  const token = await mintToken({ plan: view.plan.id, validFor }, ports.actor, ports)
  return token.ok ? ok({ kind: 'token', view, token: token.value, validForSeconds: validFor / 1000 }) : token
}

/** Why the client's form cannot be used for this plan; undefined when it can. */
function whyNoForm(view: PlanView, text: string, request: ConfirmationRequest): WaitingReason | undefined {
  if (!request.clientHasForms) return 'client_cannot_ask'
  // A prompt that must be scrolled is a prompt that is not read.
  if (!isShortEnoughForForm(text, view.plan)) return 'too_long_for_form'
  const { phase, closedChannels } = view.state
  if (!closedChannels.includes('client')) return undefined
  return phase.kind === 'open' && phase.lastOutcome ? phase.lastOutcome : 'declined_or_not_shown'
}

async function askClient(view: PlanView, text: string, ports: AppPorts): Promise<Result<ConfirmationOutcome>> {
  const { plan, digest, state } = view
  const asking = {
    plan: plan.id,
    digest,
    channel: 'client',
    text,
    count: plan.steps.length,
    cluster: state.facts.clusterName,
  } as const
  const asked = await ask(asking, ports.actor, ports)
  if (!asked.ok) return asked
  const { question, phrase } = asked.value
  return ok({ kind: 'ask', view, question, message: `${text}\n\n${typeThis(phrase)}` })
}

async function askOrWait(
  view: PlanView,
  request: ConfirmationRequest,
  ports: AppPorts,
): Promise<Result<ConfirmationOutcome>> {
  const demanded = await levelNow(view.plan, ports)
  if (!demanded.ok) return demanded
  const level = reachable(demanded.value, ports.command)
  if (!level.ok) return level
  const current = await stillTrue(view.plan, ports)
  if (!current.ok) return current
  if (level.value === 'terminal') return waiting(view, 'terminal_required', ports)
  const text = promptFor(view, ports)
  const why = whyNoForm(view, text, request)
  return why ? waiting(view, why, ports) : askClient(view, text, ports)
}

/**
 * Asks a person about a plan, through the client's form where policy lets that suffice, else by naming the command that
 * a person runs. Returns a token only when a person has said yes.
 */
export async function requestConfirmation(
  request: ConfirmationRequest,
  ports: AppPorts,
): Promise<Result<ConfirmationOutcome>> {
  const view = await loadPlan(request.plan, ports)
  if (!view.ok) return view
  const closed = whyNotOpen(view.value.state, ports.clock.now())
  if (closed) return failed(closed)
  if (view.value.status === 'approved') return collect(view.value, ports)
  if (view.value.status === 'waiting_for_human')
    return afterWaiting({ view: view.value, reason: 'question_open' }, request, ports)
  const outcome = await askOrWait(view.value, request, ports)
  if (!outcome.ok || outcome.value.kind !== 'waiting') return outcome
  return afterWaiting(outcome.value, request, ports)
}

// The terminal is somewhere else: with `wait_seconds`, the call waits for what happens there.
async function afterWaiting(
  { view, reason }: { readonly view: PlanView; readonly reason: WaitingReason },
  request: ConfirmationRequest,
  ports: AppPorts,
): Promise<Result<ConfirmationOutcome>> {
  const { waitSeconds: seconds, signal } = request
  const watch = (state: { plans: ReadonlyMap<string, PlanView['state']> }): string =>
    state.plans.get(view.plan.id)?.phase.kind ?? ''
  const before = view.state.phase.kind
  const waited = await waitForChange({ watch, before, seconds, ...(signal ? { signal } : {}) }, ports)
  if (!waited.ok) return waited
  const now = await loadPlan(view.plan.id, ports)
  if (!now.ok) return now
  if (now.value.status === 'approved') return collect(now.value, ports)
  const closed = whyNotOpen(now.value.state, ports.clock.now())
  return closed ? failed(closed) : waiting(now.value, reason, ports)
}
