import type { Scan, Severity } from '../../src/model/recommendation.ts'
import { containerPath } from '../../src/model/workload.ts'
import { score, type Summation } from '../../src/recommender/numbers/score.ts'
import { countFields, differingFields } from '../../test/recommender/support/differing-fields.ts'
import { type ParityAnswer, type ParityScan, rowName } from '../sides/parity-world.ts'
import type { WorldPlan } from '../world/world-plan.ts'
import { placeOf, type RowDifference, WANTED_DEVIATIONS } from './wanted-deviations.ts'

export interface Comparison {
  readonly rows: number
  readonly fields: number
  /** By the id of the wanted deviation: how many rows. */
  readonly wanted: Readonly<Record<string, number>>
  readonly findings: readonly Finding[]
}
export interface Finding {
  /** undefined: about the scan as a whole. */
  readonly row?: string
  readonly text: string
}
export interface Compared {
  readonly ours: ParityAnswer
  readonly withheld: Scan['withheld']
  readonly krr: ParityAnswer
  readonly plan: WorldPlan
  readonly summation: Summation
}

/** Row by row and field by field. */
export function compareAnswers(compared: Compared): Comparison {
  const { ours, krr } = compared
  const wanted: Record<string, number> = {}
  const findings: Finding[] = []
  for (const [difference, texts] of rowDifferences(compared)) {
    const known = WANTED_DEVIATIONS.find((each) => each.explains(difference))
    if (known) wanted[known.id] = (wanted[known.id] ?? 0) + 1
    else findings.push(...texts.map((text) => ({ row: difference.row, text })))
  }
  const common = new Set(krr.scans.map(rowName))
  const rows = ours.scans.filter((row) => common.has(rowName(row)))
  findings.push(...wholeDifferences(compared, { rows, deviates: Object.keys(wanted).length > 0 }))
  return { rows: rows.length, fields: countFields({ ...krr, scans: krr.scans }), wanted, findings }
}

type Differing = readonly [difference: RowDifference, texts: readonly string[]]

function rowDifferences({ ours, krr, plan, withheld }: Compared): readonly Differing[] {
  const theirs = new Map(krr.scans.map((row) => [rowName(row), row] as const))
  const own = new Set(ours.scans.map(rowName))
  const reasons: ReadonlyMap<string, string> = new Map(
    withheld.map(({ container, reason }) => [`${container.namespace} ${containerPath(container)}`, reason] as const),
  )
  const differing = (row: string, side: RowDifference['side'], texts: readonly string[]): Differing => {
    const reason = reasons.get(row)
    const withoutHistory = ours.scans.some((each) => rowName(each) === row && isWithoutHistory(each))
    return [{ row, side, plan: planOf(plan, row), withoutHistory, ...(reason === undefined ? {} : { reason }) }, texts]
  }
  return [
    ...ours.scans.flatMap((row): readonly Differing[] => {
      const name = rowName(row)
      const other = theirs.get(name)
      if (!other) return [differing(name, 'only_ours', ['krr has no such row'])]
      const texts = differingFields(row, other)
      return texts.length === 0 ? [] : [differing(name, 'both', texts)]
    }),
    ...[...theirs.keys()]
      .filter((name) => !own.has(name) && !reasons.has(name))
      .map((name) => differing(name, 'only_krr', ['only krr has this row'])),
    ...[...reasons].map(([name, reason]) =>
      theirs.has(name)
        ? differing(name, 'withheld_but_in_krr', [`krr has numbers, ours are withheld: ${reason}`])
        : differing(name, 'withheld_and_dropped', [`withheld: ${reason}`]),
    ),
  ]
}

const isWithoutHistory = ({ object }: ParityScan): boolean =>
  object.pods.length === 0 || object.warnings.includes('NoPrometheusPods')

function planOf({ workloads }: WorldPlan, row: string): WorldPlan['workloads'][number] | undefined {
  return workloads.find(({ kind, namespace, name }) => row.startsWith(`${namespace} ${kind.toLowerCase()}/${name}/`))
}

interface Common {
  readonly rows: readonly ParityScan[]
  /** A row deviates as is wanted: the score of all rows need not be krr's. */
  readonly deviates: boolean
}
function wholeDifferences({ ours, krr, summation }: Compared, { rows, deviates }: Common): readonly Finding[] {
  const own = ours.scans.map(rowName).filter((name) => rows.some((row) => rowName(row) === name))
  const theirs = krr.scans.map(rowName).filter((name) => own.includes(name))
  const order =
    own.map(placeOf).join() === theirs.map(placeOf).join()
      ? []
      : [{ text: `order of rows: ${own.join(', ')}, not ${theirs.join(', ')}` }]
  const { scans: _, score: ourScore, ...ourRest } = ours
  const { scans: __, score: theirScore, ...theirRest } = krr
  // Of krr's rows: its arithmetic is compared even where the rows are not all the same.
  const expected = score(
    krr.scans.map(({ severity }) => severity as Severity),
    summation,
  )
  const scores = deviates ? [] : differingFields(ourScore, theirScore, 'score')
  const arithmetic = expected === theirScore ? [] : [`score of krr's own rows: ${expected}, not ${String(theirScore)}`]
  return [...order, ...[...scores, ...arithmetic, ...differingFields(ourRest, theirRest)].map((text) => ({ text }))]
}
