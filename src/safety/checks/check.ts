import type { CheckResult, Verdict } from '../../model/plan.ts'
import type { Snapshot } from './snapshot.ts'

/** What a check finds, before its name and subject are put to it. */
export interface Finding {
  readonly verdict: Verdict
  readonly message: string
  readonly next: string
}

/** One question about one workload. Pure: the same snapshot gives the same findings. The table in docs/ is made of these. */
export interface Check {
  readonly name: string
  /** The verdict where it finds something. */
  readonly verdict: Verdict
  /** Why it exists: what went wrong, for whom, when nobody asked. */
  readonly why: string
  /** Empty: nothing to say, which counts as a pass. */
  readonly find: (snapshot: Snapshot) => readonly Finding[]
}

export const finding = (verdict: Verdict, message: string, next: string): Finding => ({ verdict, message, next })

/** The results of one check; a check that finds nothing says that it passed. */
export function runCheck(check: Check, snapshot: Snapshot): readonly CheckResult[] {
  const found = check.find(snapshot)
  const said = found.length > 0 ? found : [finding('pass', 'Nothing found.', '')]
  return said.map((each) => ({ check: check.name, subject: snapshot.subject, ...each }))
}
