import type { ObservedAutoscaler, ObservedContainer } from '../../model/observation.ts'
import type { Scan, WithheldRow } from '../../model/recommendation.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import type { KrrAnswer, KrrRow } from '../../ports/krr-engine.ts'
import { score } from '../numbers/score.ts'
import { containerKey, matchRows } from './match-rows.ts'
import { rowFromKrr } from './row-from-krr.ts'

export interface KrrRowsInput {
  readonly answer: KrrAnswer
  readonly chosen: ChosenStrategy
  /** In scope, by our own list. */
  readonly containers: readonly ObservedContainer[]
  readonly autoscalerOf: (container: ObservedContainer) => ObservedAutoscaler | null
  /** Keys of what exists and was left out by a filter that krr does not have. */
  readonly filtered: ReadonlySet<string>
}

/** Every listed container, and everything that krr found besides: as a row, or withheld with the reason. */
export function rowsFromKrr({
  answer,
  chosen,
  containers,
  autoscalerOf,
  filtered,
}: KrrRowsInput): Pick<Scan, 'rows' | 'withheld' | 'score'> {
  const { listed, strangers } = matchRows(containers, answer.rows)
  const said = { version: answer.version, chosen, lost: answer.lost }
  const made = listed.map(({ container, found }, index) =>
    rowFromKrr({ row: index + 1, container, found, autoscaler: autoscalerOf(container), ...said }),
  )
  const rows = made.flatMap((each) => (each.kind === 'row' ? [each.row] : []))
  const withheld = made.flatMap((each) => (each.kind === 'withheld' ? [each.row] : []))
  const gone = strangers.filter((row) => !filtered.has(containerKey(row)))
  const all = gone.length === strangers.length
  return {
    rows,
    withheld: [...withheld, ...gone.map((row, index) => goneRow(row, containers.length + index + 1))],
    // krr's own is about all of its rows.
    score: all
      ? answer.score
      : score(
          rows.map(({ severity }) => severity),
          'cpython-3.12',
        ),
  }
}

/** Nothing is ever changed on the word of a row that the cluster does not confirm: it has no UID to be checked by. */
function goneRow(row: KrrRow, number: number): WithheldRow {
  const { kind, namespace, name, container, labels, allocations } = row
  return {
    row: number,
    container: { kind, namespace, name, container, labels, allocations, uid: '' },
    reason: 'krr has a number for it, but the cluster does not list it (any more)',
  }
}
