import type { QueryProxy } from './measure/open-proxy.ts'
import type { BenchWorld } from './world/start-bench-world.ts'

/** What every scenario works with. */
export interface Bench {
  readonly world: BenchWorld
  readonly proxy: QueryProxy
  /** The program's file. */
  readonly program: string
  /** For states and caches; gone after the run. */
  readonly folder: string
}
/** What is asked for, and what was seen. */
export interface Target {
  readonly name: string
  readonly seen: string
  readonly reached: boolean
}
export interface ScenarioResult {
  readonly scenario: string
  readonly size: string
  /** One line per fact. */
  readonly lines: readonly string[]
  readonly targets: readonly Target[]
  readonly numbers: Readonly<Record<string, number>>
}
