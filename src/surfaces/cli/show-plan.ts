import type { PlanView } from '../../app/common/load.ts'
import { planJson } from '../render/plan-json.ts'
import { planText } from '../render/plan-text.ts'
import { exitCode } from './exit-codes.ts'
import { inCommands } from './in-commands.ts'
import { nextOfPlan } from './next-of-plan.ts'
import type { Session } from './session.ts'

/** Shows a plan that was just made or asked for, and what can be done with it; a blocked one has its own exit code. */
export function showPlan(view: PlanView, session: Session, { json }: { readonly json: boolean }): number {
  if (json) session.json(planJson(view))
  else session.say(inCommands(planText(view, session.text())))
  session.remark(nextOfPlan(view, session.ports.command))
  return exitCode(view.status === 'blocked' ? 'blocked' : 'done')
}
