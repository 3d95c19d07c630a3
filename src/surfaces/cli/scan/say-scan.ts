import { loadScan } from '../../../app/common/load.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { scanDiff } from '../../../recommender/scan-diff.ts'
import { diffText } from '../../render/diff-text.ts'
import type { Session } from '../session.ts'
import { fileFor } from './file-for.ts'
import type { ScanFlags } from './scan-flags.ts'
import { scanText } from './scan-text.ts'
import { scanBefore } from './scan-before.ts'
import { usageFor } from './usage-for.ts'

/** Prints a scan, or what moved since another one, and writes it to a file where one was named. A problem, or undefined. */
export async function sayScan(scan: Scan, flags: ScanFlags, session: Session): Promise<Problem | undefined> {
  const text =
    flags.diff === undefined ? ok(await wholeText(scan, flags, session)) : await movedText(scan, flags, session)
  if (!text.ok) return text.problem
  session.deps.out(text.value)
  const file = fileFor(flags, session.ports.clock.now().wall)
  if (file === undefined) return undefined
  const written = await session.deps.writeReport(file, text.value)
  if (!written.ok) return written.problem
  if (flags.quiet !== true) session.remark(`written to ${file}`)
  return undefined
}

async function wholeText(scan: Scan, flags: ScanFlags, session: Session): Promise<string> {
  const usage = await usageFor(scan, flags, session)
  const { colours, width } = session.deps
  // A file or a pipe has no width.
  const columns = flags.width ?? (session.deps.isTerminal ? width : Number.POSITIVE_INFINITY)
  return scanText(scan, flags, { colour: colours, width: columns, usage })
}

async function movedText(scan: Scan, flags: ScanFlags, session: Session): Promise<Result<string>> {
  const before = await earlier(scan, flags, session)
  if (!before.ok) return before
  const diff = scanDiff(before.value, scan)
  if (!diff.ok) return failed(diff.problem)
  return ok(diffText(diff.value, { format: flags.formatter, colour: session.deps.colours }))
}

async function earlier(scan: Scan, { diff, quiet }: ScanFlags, session: Session): Promise<Result<Scan>> {
  if (typeof diff === 'string') return loadScan(diff, session.ports)
  const before = await scanBefore(scan, session)
  if (!before.ok) return before
  const { id, age } = before.value
  if (quiet !== true) session.remark(`compared with scan ${id}, ${age} old`)
  return loadScan(id, session.ports)
}
