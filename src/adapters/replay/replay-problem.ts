import type { Problem, ProblemReason } from '../../model/problem.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'

/** What can go wrong with recordings; each says what to do. */
export type ReplayReason = Extract<ProblemReason, `recording_${string}` | 'not_in_recording'>
export interface ReplayProblem extends Omit<Problem, 'reason'> {
  readonly reason: ReplayReason
}

export const replayProblem = (reason: ReplayReason, message: string, next: string): ReplayProblem => ({
  reason,
  message,
  next,
})

export const tooLarge = (what: string, next: string): ReplayProblem =>
  replayProblem('recording_too_large', `The recording is too large: ${what}.`, next)

export const malformed = (why: string): ReplayProblem =>
  replayProblem(
    'recording_malformed',
    `The file is not a recording of krr-mcp, or was changed or cut off: ${why}.`,
    'Ask for the file again (as it is, in an archive if it is sent by mail), or record anew with --record.',
  )

/** An answer that a recording has no form for: a slip of ours, said instead of a recording that misleads. */
export const unrecordable = (why: string): ReplayProblem =>
  replayProblem(
    'recording_unwritable',
    `This scan cannot be recorded: ${why}.`,
    'Scan without --record, and report this message.',
  )

/** The ports' own kind of problem. Asking for less would not help: nothing else is in the file. */
export const asUsageProblem = (problem: ReplayProblem): UsageProblem => ({ ...problem, tooMuch: false })
