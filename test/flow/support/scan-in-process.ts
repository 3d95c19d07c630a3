import { join } from 'node:path'
import { writeReport } from '../../../src/adapters/local/write-report.ts'
import { person } from '../../../src/main/wire/actors.ts'
import { contextsOf } from '../../../src/main/wire/contexts-of.ts'
import { fileRecordings } from '../../../src/main/wire/file-recordings.ts'
import { openApp } from '../../../src/main/wire/open-app.ts'
import type { CliDeps, OpenedApp } from '../../../src/surfaces/cli/cli-deps.ts'
import { runCli } from '../../../src/surfaces/cli/run-cli.ts'
import { valueOf } from '../../safety/support/value-of.ts'

export interface InProcess {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Milliseconds. */
  readonly took: number
  /** How many scans the journal has after it. */
  readonly scans: number
}
export interface Reach {
  readonly folder: string
  readonly kubeconfig: string
  /** Absent: it is found, or named in the command line. */
  readonly prometheusUrl?: string
  /** Puts other ports in the place of the real ones. */
  readonly change?: (app: OpenedApp) => OpenedApp
  readonly deps?: Partial<CliDeps>
}

/** Patience for an API server that is on this machine. */
const PATIENCE = { timeoutMillis: 400 }

/** The real command line with the real wiring, in this process: nobody at a terminal, nothing of the environment. */
export async function scanInProcess(words: readonly string[], reach: Reach): Promise<InProcess> {
  let [out, err] = ['', '']
  const stateDir = join(reach.folder, 'state')
  const since = performance.now()
  const metrics = reach.prometheusUrl === undefined ? [] : ['--prometheus-url', reach.prometheusUrl]
  const where = ['--kubeconfig', reach.kubeconfig, ...metrics, '--state-dir', stateDir]
  const code = await runCli([...words, ...where], {
    version: '0.0.0',
    open: async (options) => {
      const app = await openApp(options, person(), PATIENCE)
      return app.ok && reach.change ? { ...app, value: reach.change(app.value) } : app
    },
    person: { interactive: false, show: () => undefined, read: () => Promise.resolve(null) },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: false,
    recordings: fileRecordings,
    contexts: contextsOf,
    writeReport,
    width: 100,
    colours: false,
    serve: () => Promise.resolve(0),
    env: {},
    ...reach.deps,
  })
  const took = performance.now() - since
  return { code, out, err, took, scans: await scansIn(stateDir) }
}

async function scansIn(stateDir: string): Promise<number> {
  const app = valueOf(await openApp({ stateDir }, person()))
  try {
    return valueOf(await app.journal.state()).scans.size
  } finally {
    await app.close()
  }
}
