import type { FrozenRequest, PlanStep } from '../model/plan.ts'

// A single quote is the only character that a POSIX shell reads inside single quotes.
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The command with which a person sends the undo of a step by hand, ready to paste. */
export const kubectlUndo = (step: PlanStep): string => kubectlPatch(step, step.undo)

function kubectlPatch({ target }: PlanStep, request: FrozenRequest): string {
  const object = `${target.kind.toLowerCase()} ${quoted(target.name)}`
  return `kubectl -n ${quoted(target.namespace)} patch ${object} --type=json -p ${quoted(request.body)}`
}
