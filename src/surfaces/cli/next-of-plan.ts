import type { PlanView } from '../../app/common/load.ts'

/** What a person can do with a plan now, as lines to paste. */
export function nextOfPlan({ plan, state, status }: PlanView, command: string): string {
  const { purpose } = plan
  const again =
    purpose.kind === 'undo'
      ? `${command} rollback ${purpose.execution}`
      : `${command} preview --scan ${purpose.scan} --rows ${purpose.rows.join(',')}`
  switch (status) {
    case 'proposed':
    case 'waiting_for_human':
      return `next: ${command} apply ${plan.id}\nor:   ${command} refuse ${plan.id}`
    case 'approved':
      return `next: ${command} apply ${plan.id}`
    case 'applied':
      return `next: ${command} watch ${state.phase.kind === 'applied' ? state.phase.execution : ''}`
    case 'blocked':
      return `next: mend what the checks name, then: ${again}`
    case 'refused':
    case 'expired':
    case 'stale':
      return `next: ${again}\nor:   ${command} scan`
  }
}
