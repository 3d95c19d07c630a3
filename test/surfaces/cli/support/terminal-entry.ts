// A process of its own around the command line, with the real terminal and the real journal; only the cluster is in memory.
import { writeReport } from '../../../../src/adapters/local/write-report.ts'
import { onInterrupt } from '../../../../src/adapters/terminal/on-interrupt.ts'
import { outputTo } from '../../../../src/adapters/terminal/output-to.ts'
import { terminalPerson } from '../../../../src/adapters/terminal/terminal-person.ts'
import { fileRecordings } from '../../../../src/main/wire/file-recordings.ts'
import { ok } from '../../../../src/model/result.ts'
import { runCli } from '../../../../src/surfaces/cli/run-cli.ts'
import { openWorld } from './open-world.ts'
import { stays } from './scripted-worker.ts'

const [stateDir = '', ...argv] = process.argv.slice(2)

process.exitCode = await runCli(argv, {
  version: '0.0.0',
  open: async () => ok(await openWorld(stateDir, { worker: stays })),
  person: terminalPerson(),
  out: outputTo(process.stdout),
  err: outputTo(process.stderr),
  isTerminal: process.stdout.isTTY,
  recordings: fileRecordings,
  contexts: () => Promise.resolve(ok([])),
  writeReport,
  width: process.stdout.columns ?? 80,
  colours: false,
  serve: () => Promise.resolve(0),
  env: {},
  onInterrupt,
})
