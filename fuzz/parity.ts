// `npm run fuzz:parity`: random worlds, random settings; an installed krr and ours must say the same.
import { krrCommand } from '../src/adapters/krr-cli/krr-command.ts'
import { controlPlaneBinaries } from '../test/harness/control-plane-binaries.ts'
import { prometheusBinaries } from '../test/harness/prometheus-binaries.ts'
import { startControlPlane } from '../test/harness/start-control-plane.ts'
import { fuzzOptions } from './options.ts'
import { readKrr } from './read-krr.ts'
import { runWorlds } from './run-worlds.ts'
import { prepareCluster } from './world/start-world.ts'

/** What is missing, as a sentence. */
function missing(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}

const options = fuzzOptions(process.argv.slice(2))
if (typeof options === 'string') missing(options)
if ((process.env['KRR'] ?? '') === '') missing('KRR is not set: set it to the words that start an installed krr.')
const command = krrCommand(process.env['KRR'])
if (!command.ok) missing(command.problem.message)
const krr = await readKrr(command.value)
if (typeof krr === 'string') missing(krr)
const binaries = await controlPlaneBinaries()
if (binaries.kind === 'unavailable') missing(`The test bed cannot start: ${binaries.reason}`)
const prometheus = await prometheusBinaries()
if (prometheus.kind === 'unavailable') missing(`The test bed cannot start: ${prometheus.reason}`)

const controlPlane = await startControlPlane(binaries.value, { controllers: false })
try {
  await prepareCluster(controlPlane.connection)
  const findings = await runWorlds(options, { controlPlane: controlPlane.connection, binaries: prometheus.value }, krr)
  process.exitCode = findings === 0 ? 0 : 1
} finally {
  await controlPlane.stop()
}
