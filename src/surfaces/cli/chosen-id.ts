import { resolveId } from '../../app/common/resolve-id.ts'
import type { JournalState } from '../../journal/state.ts'
import type { Moment } from '../../model/moment.ts'
import type { Result } from '../../model/result.ts'
import { ageText } from '../render/age-text.ts'
import type { Session } from './session.ts'

type What = 'scan' | 'plan' | 'execution'

function known(what: What, { scans, plans, executions }: JournalState): ReadonlyMap<string, Moment> {
  switch (what) {
    case 'scan':
      return new Map([...scans.values()].map(({ id, at }) => [id, at]))
    case 'plan':
      return new Map([...plans.values()].map(({ id, proposedAt }) => [id, proposedAt]))
    case 'execution':
      return new Map([...executions.values()].map(({ id, queuedAt }) => [id, queuedAt]))
  }
}

/**
 * The id that was typed, in full. Omitted: the newest, named with its age, so that nobody decides about another one than
 * they think.
 */
export async function chosenId(what: What, typed: string | undefined, session: Session): Promise<Result<string>> {
  const { journal, stateDir } = session.ports
  const state = await journal.state()
  if (!state.ok) return state
  const moments = known(what, state.value)
  const id = resolveId(moments.keys(), { what, typed, stateDir })
  const at = id.ok && typed === undefined ? moments.get(id.value) : undefined
  if (id.ok && at) session.remark(`${what} ${id.value}, ${ageText(session.text().now - at.wall)} old`)
  return id
}
