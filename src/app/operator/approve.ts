import { failed, ok, type Result } from '../../model/result.ts'
import { problem } from '../../model/problem.ts'
import { whyNotOpen } from '../../journal/plan-transition.ts'
import { answerQuestion, closeQuestion } from '../../safety/confirmation/answer.ts'
import { ask, type Asked } from '../../safety/confirmation/ask.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { promptFor, typeThis } from '../common/confirmation-view.ts'
import { loadPlan, type PlanView } from '../common/load.ts'
import { levelNow, reachable } from '../common/policy-now.ts'
import { stillTrue } from '../common/still-true.ts'
import { needsTerminal } from './needs-terminal.ts'
import type { Person } from './person.ts'

/** Everything that must hold before a person is asked: it makes no sense to ask about what cannot be done. */
async function readyToAsk(view: PlanView, ports: AppPorts): Promise<Result<null>> {
  const closed = whyNotOpen(view.state, ports.clock.now())
  if (closed) return failed(closed)
  const level = await levelNow(view.plan, ports)
  if (!level.ok) return level
  const way = reachable(level.value, ports.command)
  return way.ok ? stillTrue(view.plan, ports) : way
}

/** Who is asked, and by which command: said when there is nobody to ask. */
export interface Asker {
  readonly person: Person
  readonly command?: 'approve' | 'apply'
}

/**
 * Shows a plan at the terminal and reads the typed answer. The terminal may decide whatever the client may: a stricter
 * channel is always enough.
 */
export async function approveAtTerminal(
  typed: string | undefined,
  { person, command = 'approve' }: Asker,
  ports: AppPorts,
): Promise<Result<PlanView>> {
  const view = await loadPlan(typed, ports)
  if (!view.ok) return view
  const terminal = needsTerminal(person, `${ports.command} ${command} ${view.value.plan.id}`)
  if (!terminal.ok) return terminal
  const ready = await readyToAsk(view.value, ports)
  if (!ready.ok) return ready
  if (view.value.status === 'approved') return view
  const text = promptFor(view.value, ports)
  const { plan, digest, state, steps } = { ...view.value, steps: view.value.plan.steps.length }
  const asking = {
    plan: plan.id,
    digest,
    channel: 'terminal',
    text,
    count: steps,
    cluster: state.facts.clusterName,
  } as const
  const asked = await ask(asking, ports.actor, ports)
  if (!asked.ok) return asked
  person.show(`${text}\n\n${typeThis(asked.value.phrase)}\n(an empty line or Ctrl-C leaves the plan as it is)\n`)
  const answered = await readAnswer(view.value, asked.value, { person, ports })
  return answered.ok ? loadPlan(plan.id, ports) : answered
}

interface Desk {
  readonly person: Person
  readonly ports: AppPorts
}

async function readAnswer(view: PlanView, { question }: Asked, { person, ports }: Desk): Promise<Result<null>> {
  const plan = view.plan.id
  for (;;) {
    const typed = await person.read('> ')
    if (typed === null || typed.trim() === '') {
      await closeQuestion({ plan, question, outcome: 'cancelled' }, ports.actor, ports.journal)
      return failed(
        problem(
          'not_approved',
          `Plan ${plan} was not approved; nothing was changed.`,
          `To decide: ${ports.command} approve ${plan}, or ${ports.command} refuse ${plan}`,
        ),
      )
    }
    // The world is looked at again with the answer in hand: people take their time.
    const current = await stillTrue(view.plan, ports)
    if (!current.ok) return current
    const verdict = await answerQuestion({ plan, question, typed }, ports.actor, ports)
    if (!verdict.ok) return verdict
    if (verdict.value.kind === 'approved') return ok(null)
    const { attemptsLeft } = verdict.value
    if (attemptsLeft < 1)
      return failed(
        problem(
          'answer_wrong',
          `That was not the phrase, three times; plan ${plan} was not approved.`,
          `To try again: ${ports.command} approve ${plan}`,
        ),
      )
    person.show(`That was not the phrase; ${attemptsLeft} more ${attemptsLeft === 1 ? 'attempt' : 'attempts'}.`)
  }
}
