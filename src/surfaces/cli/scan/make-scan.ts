import { scanCluster, type ScanRequest } from '../../../app/agent/scan.ts'
import { recordToFile } from '../../../app/operator/record-to-file.ts'
import { replayFromFile } from '../../../app/operator/replay-from-file.ts'
import { problem } from '../../../model/problem.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { failed, type Result } from '../../../model/result.ts'
import type { Session } from '../session.ts'
import type { ScanFlags } from './scan-flags.ts'
import { watchScan } from './watch-scan.ts'

/** The scan that the flags ask for, watched; Ctrl-C ends it at once. */
export async function makeScan(request: ScanRequest, flags: ScanFlags, session: Session): Promise<Result<Scan>> {
  const { deps, ports } = session
  if (flags.record !== undefined && flags.replay !== undefined) {
    return failed(problem('bad_setting', '--record and --replay exclude each other.', 'Give one of them.'))
  }
  if (flags.replay !== undefined) {
    if (asksForSomething(request)) return failed(replayIsFixed)
    return replayFromFile(flags.replay, deps.recordings, ports)
  }
  const stop = new AbortController()
  const takeBack = deps.onInterrupt?.(() => stop.abort())
  const { err, errIsTerminal: isTerminal = false, width } = deps
  const watch = watchScan({ err: flags.quiet ? () => undefined : err, isTerminal, width, now: () => performance.now() })
  try {
    const watched = { ...request, signal: stop.signal, progress: watch.progress }
    return await (flags.record === undefined
      ? scanCluster(watched, ports)
      : recorded(watched, { file: flags.record, quiet: flags.quiet === true, session }))
  } finally {
    watch.end()
    takeBack?.()
  }
}

/** A recording has its own settings: others would be answered with something else than was asked for. */
function asksForSomething({ scope, settings, at, strategy }: ScanRequest): boolean {
  const { namespaces, kinds, ...filters } = scope
  const filtered = namespaces.length + kinds.length + Object.keys(filters).length > 0
  return filtered || Object.keys(settings).length > 0 || at !== undefined || strategy !== 'simple'
}
const replayIsFixed = problem(
  'bad_setting',
  'A replay is the scan that was recorded, with its own filters and settings.',
  'Give --replay without other options of the scan.',
)

async function recorded(
  request: ScanRequest,
  { file, quiet, session }: { readonly file: string; readonly quiet: boolean; readonly session: Session },
): Promise<Result<Scan>> {
  const done = await recordToFile(request, { file, recordings: session.deps.recordings }, session.ports)
  if (!done.ok) return done
  const { bytes, answers } = done.value.written
  if (!quiet) session.remark(`recorded ${answers} answers in ${file} (${Math.ceil(bytes / 1024)} KiB)`)
  return done.value.scan
}
