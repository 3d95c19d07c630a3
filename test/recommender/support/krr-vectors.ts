import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Severity } from '../../../src/model/recommendation.ts'

type Pairs<From, To> = readonly (readonly [from: From, to: To])[]
type Value = number | null | '?'
/** What krr's own functions answered. */
export interface KrrVectors {
  readonly round_cpu: Pairs<number, number>
  readonly round_memory: Pairs<number, number>
  readonly round_cpu_min7: Pairs<number, number>
  readonly memory_proposal: readonly (readonly [peak: number, oom: number, proposal: number])[]
  readonly severity_cpu: readonly (readonly [Value, Value, Severity])[]
  readonly severity_memory: readonly (readonly [Value, Value, Severity])[]
  readonly quantity_parse: Pairs<string, number | 'ERROR'>
  readonly duration_literal: readonly (readonly [hours: number, metrics: string, owners: string])[]
  readonly step_literal: Pairs<number, string>
  readonly quantile_literal: Pairs<number, string>
  readonly np_percentile: readonly (readonly [points: readonly number[], percent: number, value: number])[]
  readonly score_py311: readonly ScoreVector[]
  readonly score_py312: readonly ScoreVector[]
}
export type ScoreVector = readonly [warnings: number, criticals: number, total: number, score: number]

const FILE = fileURLToPath(new URL('../../golden/krr-vectors.json', import.meta.url))
export const krrVectors = JSON.parse(readFileSync(FILE, 'utf8')) as KrrVectors
