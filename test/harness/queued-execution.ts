import type { Journal } from '../../src/journal/journal.ts'
import type { JournalEvent } from '../../src/journal/event.ts'
import type { Actor } from '../../src/model/actor.ts'
import type { Decision } from '../../src/model/decision.ts'
import { sha256 } from '../../src/model/hash.ts'
import type { ExecutionId, QuestionId } from '../../src/model/ids.ts'
import type { DigestedPlan } from '../../src/model/plan.ts'
import { ok } from '../../src/model/result.ts'
import { minutes } from '../../src/model/time.ts'
import { workloadKey } from '../../src/model/workload.ts'
import { approve, type ApprovedPlan } from '../../src/safety/approval/approved-plan.ts'

const person: Actor = { kind: 'person', osUser: 'test', host: 'test' }

/** Takes a plan through proposal, question, a person's yes and redemption, and gives what a worker would rebuild from that. */
export async function queuedExecution(journal: Journal, made: DigestedPlan): Promise<ApprovedPlan> {
  const { plan, digest } = made
  const question = `q-${plan.id}` as QuestionId
  const execution = plan.id.replace('p-', 'x-') as ExecutionId
  const promptHash = sha256('the text shown')
  const decision: Decision = {
    plan: plan.id,
    digest,
    answer: 'approved',
    level: 'terminal',
    channel: 'terminal',
    question,
    promptHash,
    trust: 'same-user',
    by: person,
  }
  const asked = { question, channel: 'terminal' as const, digest, promptHash, answerHash: '', salt: '' }
  const events: readonly JournalEvent[] = [
    { kind: 'plan_proposed', subject: plan.id, facts: proposal(made) },
    { kind: 'question_asked', subject: plan.id, facts: { ...asked, openFor: minutes(5), attempts: 3 } },
    { kind: 'decision_recorded', subject: plan.id, facts: { decision, approvedFor: minutes(15) } },
    {
      kind: 'execution_queued',
      subject: execution,
      facts: { plan: plan.id, digest, redeemedBy: 'command', tokenHash: null, deadline: plan.executionDeadline },
    },
  ]
  const drafts = events.map((event) => ({ actor: person, event, payload: { plan, digest } }))
  const appended = await journal.append(() => ok({ drafts, value: null }))
  if (!appended.ok) throw new Error(appended.problem.message)
  return approve({ plan: made, decision, levelNow: 'terminal', execution })
}

function proposal({ plan, digest }: DigestedPlan): Extract<JournalEvent, { kind: 'plan_proposed' }>['facts'] {
  const { fingerprint, source } = plan.cluster
  return {
    digest,
    purpose: plan.purpose.kind,
    from: 's-test',
    clusterUid: fingerprint.kubeSystemUid,
    clusterName: 'test',
    source,
    requiredLevel: plan.requiredLevel,
    policyRevision: plan.policyRevision,
    blocked: false,
    openFor: minutes(60),
    expiresAt: plan.expiresAt,
    steps: plan.steps.map((step) => ({ workload: workloadKey(step.target), title: workloadKey(step.target) })),
  }
}
