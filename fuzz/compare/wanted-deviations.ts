import type { WorkloadPlan } from '../world/world-plan.ts'

/** A row that one side has and the other has not, or that differs. */
export interface RowDifference {
  readonly row: string
  /** `withheld`: ours has no number for it, with a reason. */
  readonly side: 'both' | 'only_ours' | 'only_krr' | 'withheld_and_dropped' | 'withheld_but_in_krr'
  /** No metric knows a pod of it, so that both look into the cluster. */
  readonly withoutHistory: boolean
  /** Of a withheld row. */
  readonly reason?: string
  /** As it was made; undefined for groups of jobs. */
  readonly plan: WorkloadPlan | undefined
}
export interface WantedDeviation {
  readonly id: string
  readonly reason: string
  readonly explains: (difference: RowDifference) => boolean
}

/** All that is wanted to be different from krr in krr's own way of scanning. Whatever is not here is a finding. */
export const WANTED_DEVIATIONS: readonly WantedDeviation[] = [
  {
    id: 'infinite_usage',
    reason: 'its metrics say infinite: krr drops the object without a word, ours is a withheld row with the reason',
    explains: ({ side, reason = '' }) => side === 'withheld_and_dropped' && reason.includes('infinite'),
  },
  {
    id: 'escaped_names',
    reason: 'krr writes names unescaped into regular expressions: a dot lets another pod’s numbers in',
    explains: ({ side, plan }) => side === 'both' && plan?.aliased === true,
  },
  {
    id: 'match_expressions',
    reason:
      'krr sends `In` to the API as it is stored, which is refused, and cannot read expressions of custom resources: it drops the object without a word',
    explains: ({ side, plan, withoutHistory }) =>
      side === 'only_ours' && withoutHistory && plan !== undefined && !krrReadsSelector(plan),
  },
]

const CUSTOM: readonly string[] = ['Rollout', 'StrimziPodSet']
const krrReadsSelector = ({ selector, kind }: WorkloadPlan): boolean =>
  selector === 'labels' || (selector === 'exists' && !CUSTOM.includes(kind))

/** The place of a row in the order of rows. krr keeps the containers of a group of jobs in a set: their order is chance. */
export const placeOf = (row: string): string =>
  row.includes(' groupedjob/') ? row.slice(0, row.lastIndexOf('/')) : row
