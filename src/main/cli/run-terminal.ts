import { writeReport } from '../../adapters/local/write-report.ts'
import { outputTo } from '../../adapters/terminal/output-to.ts'
import { onInterrupt } from '../../adapters/terminal/on-interrupt.ts'
import { terminalPerson } from '../../adapters/terminal/terminal-person.ts'
import { PRODUCT_VERSION } from '../../model/product.ts'
import { runCli } from '../../surfaces/cli/run-cli.ts'
import { contextsOf } from '../wire/contexts-of.ts'
import { fileRecordings } from '../wire/file-recordings.ts'
import { person } from '../wire/actors.ts'

/** Colours where they are seen and not unwanted (https://no-color.org). */
const wantsColours = (): boolean => process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''

/** The command line, in the process's own terminal. */
export function runTerminal(argv: readonly string[]): Promise<number> {
  return runCli(argv, {
    version: PRODUCT_VERSION,
    // The help and a slip in the line need none of it.
    open: async (options) => (await import('../wire/open-app.ts')).openApp(options, person()),
    person: terminalPerson(),
    out: outputTo(process.stdout),
    err: outputTo(process.stderr),
    isTerminal: process.stdout.isTTY,
    errIsTerminal: process.stderr.isTTY,
    recordings: fileRecordings,
    contexts: contextsOf,
    writeReport,
    width: process.stdout.columns ?? 120,
    colours: wantsColours(),
    serve: async (options) => (await import('../server/run-server.ts')).serveWith(options),
    inputIsPipe: !process.stdin.isTTY,
    onInterrupt,
  })
}
