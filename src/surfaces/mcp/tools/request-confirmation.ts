import {
  inputRequired,
  type CallToolResult,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { AppPorts } from '../../../app/common/app-ports.ts'
import type { ConfirmationOutcome } from '../../../app/agent/confirmation-outcome.ts'
import { problem, type Problem } from '../../../model/problem.ts'
import type { Result } from '../../../model/result.ts'
import { PROPOSES } from '../annotations.ts'
import { hasForms, isHeldOpen } from '../client-of.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { FIELD, FORM } from '../form.ts'
import { formAnswer } from '../form-answer.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import { holdQuestion } from '../hold-question.ts'
import { judgeAnswer } from '../judge-answer.ts'
import type { QuestionCodec, QuestionState } from '../question-state.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  plan_id: z.string().min(1).max(40),
  wait_seconds: z.number().min(0).max(45).optional(),
})
type Args = z.infer<typeof inputSchema>
type Answer = CallToolResult | InputRequiredResult

interface Question {
  readonly deps: ToolDeps
  readonly codec: QuestionCodec
  readonly ports: AppPorts
  readonly ctx: ServerContext
  readonly args: Args
}
type Ask = ConfirmationOutcome & { readonly kind: 'ask' }

/** Hands the form to the client, which calls again with what came of it. `original` is shown again after a slip. */
async function handOver(asked: Ask, original: string, { deps, codec, ctx, args }: Question): Promise<Answer> {
  const { question, message, view } = asked
  const round = deps.forms.remember(original)
  const state = { question, plan: view.plan.id, asked: args.plan_id, round }
  return inputRequired({
    inputRequests: { [FIELD]: inputRequired.elicit({ message, requestedSchema: FORM }) },
    requestState: await codec.mint(state, ctx),
  })
}

async function present(outcome: Result<ConfirmationOutcome>, question: Question, original?: string): Promise<Answer> {
  if (!outcome.ok) return problemResult(outcome.problem)
  const { approvedEnvelope, waitingEnvelope } = await import('../../render/confirmation-envelope.ts')
  const { value } = outcome
  switch (value.kind) {
    case 'ask':
      return isHeldOpen(question.ctx)
        ? present(await holdQuestion(value, question.ctx, question.ports), question)
        : handOver(value, original ?? value.message, question)
    case 'waiting':
      return result(waitingEnvelope(value))
    case 'token':
      return result(approvedEnvelope(value))
  }
}

const ASK_AGAIN = 'Call request_confirmation for the plan again.'
const OTHER_PLAN = problem('plan_not_open', 'What came back answers a question about another plan.', ASK_AGAIN)
const USED = problem('plan_not_open', 'What came back was answered already; it counts once.', ASK_AGAIN)

/** What came back does not count; the plan stands as it stands. */
async function uncounted(why: Problem, plan: string, { ports }: Question): Promise<Answer> {
  const { loadPlan } = await import('../../../app/common/load.ts')
  const { uncountedEnvelope } = await import('../../render/confirmation-envelope.ts')
  const view = await loadPlan(plan, ports)
  return view.ok ? result(uncountedEnvelope(view.value, why)) : problemResult(view.problem)
}

/** The second half of a question. Only a state that we sealed, for this plan, leads here with anything that can be a yes. */
async function resume({ question: id, plan, asked, round }: QuestionState, question: Question): Promise<Answer> {
  const original = question.deps.forms.take(round)
  // A state that comes back twice, or after its answer, must not be a second try.
  if (original === undefined) return uncounted(USED, plan, question)
  // A yes to one plan must not become a yes to the plan that the call now names.
  const same = asked === question.args.plan_id
  const answer = same ? formAnswer(question.ctx.mcpReq.inputResponses) : MIXED_UP
  const judged = await judgeAnswer({ question: id, plan, answer, message: original }, question.ports)
  if (!same) return uncounted(OTHER_PLAN, plan, question)
  if (!judged.ok && judged.problem.reason === 'plan_not_open') return uncounted(judged.problem, plan, question)
  return present(judged, question, original)
}
const MIXED_UP = { kind: 'none', outcome: 'malformed' } as const

export function registerConfirmation(deps: ToolDeps, codec: QuestionCodec): void {
  deps.server.registerTool(
    'request_confirmation',
    {
      title: 'Ask a person',
      description:
        'Ask a person to approve a plan. Only after their yes does it return a token. You cannot answer for them.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: PROPOSES,
    },
    guarded('request_confirmation', deps, async (args: Args, ports, ctx): Promise<Answer> => {
      const question = { deps, codec, ports, ctx, args }
      // Answers without our sealed state are answers to nothing: they are ignored, and the person is asked.
      const state = ctx.mcpReq.requestState<QuestionState>()
      if (state !== undefined) return resume(state, question)
      const { requestConfirmation } = await import('../../../app/agent/request-confirmation.ts')
      const { plan_id: plan, wait_seconds: waitSeconds = 0 } = args
      const request = { plan, waitSeconds, clientHasForms: hasForms(ctx, deps.server), signal: ctx.mcpReq.signal }
      return present(await requestConfirmation(request, ports), question)
    }),
  )
}
