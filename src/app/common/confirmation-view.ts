import { confirmationText } from '../../safety/prompt/confirmation-text.ts'
import type { AppPorts } from './app-ports.ts'
import type { PlanView } from './load.ts'

/** The text that a person answers to, of the plan and nothing else; no word of the model's enters it. */
export function promptFor(view: PlanView, ports: Pick<AppPorts, 'clock'>): string {
  const { clusterName, source } = view.state.facts
  return confirmationText({ plan: view.plan, clusterName, source, now: ports.clock.now().wall })
}

/** The last line of a prompt: what must be typed. It is added on the way to the screen and never recorded. */
export const typeThis = (phrase: string): string => `To approve, type exactly:  ${phrase}`
