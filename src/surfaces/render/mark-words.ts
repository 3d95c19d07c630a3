import type { Deviation } from '../../model/observation.ts'
import type { MarkKind } from '../../model/recommendation.ts'

/** What a mark says, in a few words; its own text has the numbers. */
export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  short_history: 'short history',
  old_data: 'old data',
  gaps: 'gaps in the data',
  sparse_scrapes: 'sparse samples',
  duplicate_series: 'duplicate series',
  per_cpu_series: 'usage per CPU',
  autoscaler_not_considered: 'autoscaler not considered',
  listed_twice: 'listed twice',
}

/** Where a row differs from krr on purpose, and what krr does. */
export const DEVIATION_WORDS: Readonly<Record<Deviation, string>> = {
  native_sidecar: 'native sidecar, which krr does not list',
  exact_quantity: 'a quantity at which krr ends its scan',
  own_jobs: 'pods of its own jobs, where krr takes another group’s',
  chunked_range: 'a range asked in parts, which krr asks as one and is refused',
  infinite_usage: 'infinite usage, which krr drops without a word',
  one_step: 'the step that was asked for, which krr stretches',
}
