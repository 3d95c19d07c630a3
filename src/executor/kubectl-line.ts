import type { FrozenRequest, PlanStep } from '../model/plan.ts'
import { shellWord } from '../model/shell-word.ts'

/** The command with which a person sends the undo of a step by hand, ready to paste. */
export const kubectlUndo = (step: PlanStep): string => kubectlPatch(step, step.undo)

function kubectlPatch({ target }: PlanStep, request: FrozenRequest): string {
  const object = `${target.kind.toLowerCase()} ${shellWord(target.name)}`
  return `kubectl -n ${shellWord(target.namespace)} patch ${object} --type=json -p ${shellWord(request.body)}`
}
