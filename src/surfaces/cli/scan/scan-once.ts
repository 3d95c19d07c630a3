import { estimate } from '../../../app/agent/estimate.ts'
import type { ScanRequest } from '../../../app/agent/scan.ts'
import { loadScan } from '../../../app/common/load.ts'
import { plainText } from '../../../model/plain-text.ts'
import { problem } from '../../../model/problem.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { ok, type Result } from '../../../model/result.ts'
import { isoTime } from '../../../model/time.ts'
import { estimateText } from '../../render/estimate-text.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { rowsAtLeast } from './fails-on.ts'
import { makeScan } from './make-scan.ts'
import type { ScanFlags } from './scan-flags.ts'
import { sayGaps } from './say-gaps.ts'
import { sayScan } from './say-scan.ts'

/** One scan of one cluster, shown as the flags say. Returns the exit code. */
export async function scanOnce(request: ScanRequest, given: ScanFlags, session: Session): Promise<number> {
  if (given.dryRun) return isOfAFile(given) ? session.fail(nothingToEstimate) : sayEstimate(request, session)
  const checked = await withKnownDiff(given, session)
  if (!checked.ok) return session.fail(checked.problem)
  const flags = checked.value
  const done = await makeScan(request, flags, session)
  if (!done.ok) return session.fail(done.problem)
  const said = await sayScan(done.value, flags, session)
  if (said !== undefined) return session.fail(said)
  if (flags.quiet !== true) {
    sayGaps(done.value, flags, session)
    sayWhatNext(done.value, session)
  }
  return flags.failOn === undefined ? exitCode('done') : judged(done.value, flags.failOn, session)
}

/** A replay asks nothing, and of what is not asked nothing can be recorded. */
const isOfAFile = ({ record, replay }: ScanFlags): boolean => record !== undefined || replay !== undefined
const nothingToEstimate = problem(
  'bad_setting',
  '--dry-run makes no scan that could be recorded or replayed.',
  'Leave out --dry-run, or --record and --replay.',
)

/** A scan to compare with that there is not is told before the minutes that the new one takes, not after. */
async function withKnownDiff(flags: ScanFlags, session: Session): Promise<Result<ScanFlags>> {
  if (typeof flags.diff !== 'string') return ok(flags)
  const before = await loadScan(flags.diff, session.ports)
  // By its whole id from now on: the new scan's may begin with the same letters.
  return before.ok ? ok({ ...flags, diff: before.value.id }) : before
}

async function sayEstimate(request: ScanRequest, session: Session): Promise<number> {
  const found = await estimate(request, session.ports)
  if (!found.ok) return session.fail(found.problem)
  session.say(estimateText(found.value))
  return exitCode('done')
}

function judged(scan: Scan, severity: NonNullable<ScanFlags['failOn']>, session: Session): number {
  const count = rowsAtLeast(scan, severity)
  if (count === 0) return exitCode('done')
  session.remark(`${count} of ${scan.rows.length} rows are ${severity} or worse`)
  return exitCode('blocked')
}

function sayWhatNext(done: Scan, session: Session): void {
  const { id, cluster, evaluatedAt, rows } = done
  const { command } = session.ports
  session.remark(`scan ${id} of cluster ${plainText(cluster.name, 80)}, as of ${isoTime(evaluatedAt * 1000)}`)
  const [first] = rows
  if (first === undefined) return session.remark(nextWithoutRows(done))
  const look = `next: ${command} explain ${first.row} --scan ${id}`
  // A recording is somebody's: nothing can be planned from it.
  const plan = `\nor:   ${command} preview --scan ${id} --rows ${first.row}`
  session.remark(cluster.source === 'replay' ? look : `${look}${plan}`)
}

// Nothing seen is not nothing there: a missing permission must not be taken for a cluster without work.
function nextWithoutRows({ unread }: Scan): string {
  const elsewhere = 'look elsewhere with --namespace, --resource or --selector'
  const refused = unread.some(({ reason }) => reason === 'forbidden')
  return refused ? `next: get the permission to list what could not be read, or ${elsewhere}` : `next: ${elsewhere}`
}
