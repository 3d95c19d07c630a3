// `npm run bench:start [-- --runs 15] [--json] [--check]`: how long a host waits for the first list of tools.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Era, HANDSHAKE, ONE_LINE } from './handshake.ts'
import { type Forms, makeForms } from './make-forms.ts'
import { PUBLISHED, rowOf, type Row, tableOf, targetsOf } from './summary.ts'
import { timeStart, type Timing } from './time-start.ts'

const ERAS: readonly Era[] = ['2025-11-25', '2026-07-28']
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, json: { type: 'boolean' }, check: { type: 'boolean' } },
})
const runs = Number(values.runs)
if (process.platform !== 'linux' || !Number.isInteger(runs) || runs < 1) {
  process.stderr.write('bench:start counts memory as Linux does, and --runs is a whole number.\n')
  process.exit(2)
}

/** Starts every form once, in both eras; `take` gets what it took. */
async function oneRound(
  forms: Forms,
  folder: string,
  take: (form: string, era: string, timing: Timing) => void,
): Promise<void> {
  const kept = join(folder, 'cache')
  for (const era of ERAS) {
    const messages = HANDSHAKE[era]
    take('bare Node', '-', await timeStart({ file: forms.bare, cacheHome: kept, messages: ONE_LINE }))
    take('empty server (floor)', era, await timeStart({ file: forms.empty, cacheHome: kept, messages }))
    take(PUBLISHED, era, await timeStart({ file: forms.published, cacheHome: kept, messages }))
    const cacheHome = await mkdtemp(join(folder, 'no-cache-'))
    take(`${PUBLISHED}, first start`, era, await timeStart({ file: forms.published, cacheHome, messages }))
    take('plain dist', era, await timeStart({ file: forms.plain, cacheHome: kept, messages }))
  }
}

async function measure(folder: string): Promise<readonly Row[]> {
  const forms = await makeForms(join(folder, 'package'))
  // Not counted: the first round reads from the disk, and makes the cache.
  await oneRound(forms, folder, () => undefined)
  const timings = new Map<string, Timing[]>()
  for (let run = 0; run < runs; run += 1)
    await oneRound(forms, folder, (form, era, timing) => {
      const name = `${form}/${era}`
      timings.set(name, [...(timings.get(name) ?? []), timing])
    })
  const bare = timings.get('bare Node/-') ?? []
  return [...timings].map(([name, each]) => rowOf(name.split('/') as [string, string], each, bare))
}

// Every start then waits for a core, and one that has work for several threads waits longer.
const [load = 0] = loadavg()
if (load > availableParallelism() / 2)
  process.stderr.write(`The machine is at work (load ${load.toFixed(1)}): go by the CPU column, or come back later.\n`)

const folder = await mkdtemp(join(tmpdir(), 'krr-mcp-bench-start-'))
try {
  const rows = await measure(folder)
  const targets = targetsOf(rows)
  const machine = { node: process.version, cores: availableParallelism(), runs }
  const text = values.json ? JSON.stringify({ ...machine, rows, targets }, null, 2) : tableOf(rows, targets)
  process.stdout.write(`${text}\n`)
  if (values.check && targets.some(({ reached, prize }) => !reached && !prize)) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
