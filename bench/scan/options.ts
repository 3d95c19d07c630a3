import { parseArgs } from 'node:util'
import { SCENARIOS, type ScenarioName } from './scenarios/all-scenarios.ts'
import { SIZES, type Size } from './sizes.ts'

export interface BenchOptions {
  readonly sizes: readonly Size[]
  readonly scenarios: readonly ScenarioName[]
  readonly json: boolean
  /** Another build of the program than this checkout's: its bin/krr-mcp.js. */
  readonly program: string | undefined
  /** A missed target is a failure. */
  readonly check: boolean
}

const isScenario = (name: string): name is ScenarioName => name in SCENARIOS

/** `--size small|medium|large|all`, `--scenario NAME` (repeatable), `--program FILE`, `--json`, `--check`; a sentence for anything else. */
export function benchOptions(args: readonly string[]): BenchOptions | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: 'all' },
      scenario: { type: 'string', multiple: true, default: [] },
      program: { type: 'string' },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  })
  const sizes = Object.values(SIZES).filter(({ name }) => values.size === 'all' || values.size === name)
  if (sizes.length === 0) return `--size is one of ${Object.keys(SIZES).join(', ')}, all`
  const scenarios = values.scenario.filter(isScenario)
  if (scenarios.length < values.scenario.length) return `--scenario is one of ${Object.keys(SCENARIOS).join(', ')}`
  return { sizes, scenarios, json: values.json, check: values.check, program: values.program }
}
