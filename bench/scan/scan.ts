// `npm run bench:scan [-- --size small|medium|large|all] [--json] [--check]`: scans, side by side with an installed krr.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { krrCommand } from '../../src/adapters/krr-cli/krr-command.ts'
import { controlPlaneBinaries } from '../../test/harness/control-plane-binaries.ts'
import { prometheusBinaries } from '../../test/harness/prometheus-binaries.ts'
import { copyProgram } from './measure/copy-program.ts'
import { benchOptions } from './options.ts'
import { runSize } from './run-size.ts'
import { growthOf, textOf } from './summary.ts'

/** What is missing, as a sentence. */
function missing(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}

const options = benchOptions(process.argv.slice(2))
if (typeof options === 'string') missing(options)
if (process.platform !== 'linux') missing('bench:scan reads CPU time and memory as Linux has them.')
const controlPlane = await controlPlaneBinaries()
if (controlPlane.kind === 'unavailable') missing(`The test bed cannot start: ${controlPlane.reason}`)
const prometheus = await prometheusBinaries()
if (prometheus.kind === 'unavailable') missing(`The test bed cannot start: ${prometheus.reason}`)
const named = process.env['KRR'] ?? ''
const krr = krrCommand(named)
if (!krr.ok) missing(krr.problem.message)

const folder = await mkdtemp(join(tmpdir(), 'krr-mcp-bench-scan-'))
try {
  const program = options.program ?? (await copyProgram(join(folder, 'package')))
  const binaries = { controlPlane: controlPlane.value, prometheus: prometheus.value }
  const results = []
  for (const size of options.sizes) {
    const ran = await runSize(
      { size, scenarios: options.scenarios },
      { binaries, program, folder },
      named === '' ? undefined : krr.value,
    )
    if (!options.json) for (const result of ran) process.stdout.write(textOf(result))
    results.push(...ran)
  }
  const growth = growthOf(results)
  if (growth) results.push(growth)
  if (growth && !options.json) process.stdout.write(textOf(growth))
  const machine = { node: process.version, cores: availableParallelism() }
  if (options.json) process.stdout.write(`${JSON.stringify({ ...machine, results }, null, 2)}\n`)
  if (options.check && results.some(({ targets }) => targets.some(({ reached }) => !reached))) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
