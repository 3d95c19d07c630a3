import { ok, type Result } from '../model/result.ts'
import { illegal, type Change } from './change.ts'
import type { Unhashed } from './entry.ts'
import type { ExecutionEvent, PlanEvent, ScanRecorded } from './event.ts'
import { executionTransition } from './execution-transition.ts'
import { planTransition } from './plan-transition.ts'
import type { JournalState } from './state.ts'

function scanned(state: JournalState, event: ScanRecorded, { at, payload }: Unhashed): Result<Change> {
  if (state.scans.has(event.subject)) return illegal(`Scan ${event.subject} exists already.`)
  if (payload === null) return illegal('A scan is recorded with its rows.')
  const { clusterUid, clusterName, source, rows } = event.facts
  return ok({ scan: { id: event.subject, payload, clusterUid, clusterName, source, rows, at } })
}

/** Knows every legal step of everything. What it refuses cannot be recorded, and what cannot be recorded is not done. */
export function transition(state: JournalState, entry: Unhashed): Result<Change> {
  const { event } = entry
  switch (event.kind) {
    case 'scan_recorded':
      return scanned(state, event, entry)
    case 'policy_adopted':
      if (entry.payload === null) return illegal('A policy is adopted with its text.')
      return ok({
        policy: { revision: event.facts.revision, payload: entry.payload, level: event.facts.level, at: entry.at },
      })
    case 'plan_proposed':
    case 'question_asked':
    case 'answer_wrong':
    case 'question_closed':
    case 'decision_recorded':
    case 'token_minted':
    case 'plan_stale':
      return planTransition(state, event satisfies PlanEvent, entry)
    default:
      return executionTransition(state, event satisfies ExecutionEvent, entry.at)
  }
}
