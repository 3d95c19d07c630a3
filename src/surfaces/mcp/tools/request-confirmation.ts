import {
  inputRequired,
  type InputRequiredResult,
  type CallToolResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { AppPorts } from '../../../app/common/app-ports.ts'
import type { ConfirmationOutcome } from '../../../app/agent/confirmation-outcome.ts'
import { problem } from '../../../model/problem.ts'
import type { Result } from '../../../model/result.ts'
import { PROPOSES } from '../annotations.ts'
import { besideQuestion } from '../beside-question.ts'
import { hasForms } from '../client-of.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { FIELD, formAnswer } from '../form-answer.ts'
import { guarded } from '../guarded.ts'
import type { questionCodec, QuestionState } from '../question-state.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  plan_id: z.string().min(1).max(40),
  wait_seconds: z.number().min(0).max(45).optional(),
})
type Args = z.infer<typeof inputSchema>
type Answer = CallToolResult | InputRequiredResult

/** One field to type into, without a default: a form that can be accepted as it comes proves nothing. */
const form = z.object({ [FIELD]: z.string().min(1).max(200).describe('The phrase that the message asks for') })

interface Question {
  readonly deps: ToolDeps
  readonly codec: ReturnType<typeof questionCodec>
  readonly ports: AppPorts
  readonly ctx: ServerContext
  readonly args: Args
}

async function askThroughForm(
  outcome: ConfirmationOutcome & { kind: 'ask' },
  { deps, codec, ports, ctx, args }: Question,
): Promise<Answer> {
  const { question, message, view } = outcome
  const plan = view.plan.id
  const gaveUp = (): void => {
    deps.forms.take(question)
    void import('../../../app/agent/answer-confirmation.ts').then(({ answerConfirmation }) =>
      answerConfirmation({ plan, question, message: '', answer: { kind: 'none', outcome: 'answer_lost' } }, ports),
    )
  }
  deps.forms.remember(question, { message, stop: besideQuestion(ctx, gaveUp) })
  return inputRequired({
    inputRequests: { [FIELD]: inputRequired.elicit({ message, requestedSchema: form }) },
    requestState: await codec.mint({ question, plan, asked: args.plan_id }, ctx),
  })
}

async function present(outcome: Result<ConfirmationOutcome>, question: Question): Promise<Answer> {
  if (!outcome.ok) return problemResult(outcome.problem)
  const { approvedEnvelope, waitingEnvelope } = await import('../../render/confirmation-envelope.ts')
  switch (outcome.value.kind) {
    case 'ask':
      return askThroughForm(outcome.value, question)
    case 'waiting':
      return result(waitingEnvelope(outcome.value))
    case 'token':
      return result(approvedEnvelope(outcome.value))
  }
}

const OTHER_PLAN = problem(
  'plan_not_open',
  'What came back answers a question about another plan.',
  'Call request_confirmation for the plan again.',
)

/** The second half of a question. Only a state that we sealed, for this plan, leads here with anything that can be a yes. */
async function resume(state: QuestionState, question: Question): Promise<Answer> {
  const message = question.deps.forms.take(state.question)
  if (state.asked !== question.args.plan_id) return problemResult(OTHER_PLAN)
  const { answerConfirmation } = await import('../../../app/agent/answer-confirmation.ts')
  const answer = formAnswer(question.ctx)
  return present(await answerConfirmation({ ...state, answer, message: message ?? '' }, question.ports), question)
}

export function registerConfirmation(deps: ToolDeps, codec: ReturnType<typeof questionCodec>): void {
  deps.server.registerTool(
    'request_confirmation',
    {
      title: 'Ask a person',
      description:
        'Ask a person to approve a plan. Only after their yes does it return a token. You cannot answer for them.',
      inputSchema,
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
