import { satisfies } from '../model/level.ts'
import { ok, type Result } from '../model/result.ts'
import { illegal, type Change } from './change.ts'
import type { Unhashed } from './entry.ts'
import type { ExecutionEvent, PlanEvent, PolicyAdopted, ScanRecorded } from './event.ts'
import { executionTransition } from './execution-transition.ts'
import { planTransition } from './plan-transition.ts'
import type { JournalState } from './state.ts'

function scanned(state: JournalState, event: ScanRecorded, { at, payload }: Unhashed): Result<Change> {
  if (state.scans.has(event.subject)) return illegal(`Scan ${event.subject} exists already.`)
  if (payload === null) return illegal('A scan is recorded with its rows.')
  const { clusterUid, clusterName, source, rows } = event.facts
  return ok({ scan: { id: event.subject, payload, clusterUid, clusterName, source, rows, at } })
}

function policyAdopted({ facts }: PolicyAdopted, { at, payload }: Unhashed): Result<Change> {
  if (payload === null) return illegal('A policy is adopted with its text.')
  // Whoever could adopt a policy through the model's client could first allow that client everything.
  if (!satisfies(facts.level, 'terminal')) return illegal('A policy is adopted by a person at a terminal.')
  return ok({ policy: { revision: facts.revision, payload, level: facts.level, at } })
}

/** Knows every legal step of everything. What it refuses cannot be recorded, and what cannot be recorded is not done. */
export function transition(state: JournalState, entry: Unhashed): Result<Change> {
  const { event } = entry
  switch (event.kind) {
    case 'scan_recorded':
      return scanned(state, event, entry)
    case 'policy_adopted':
      return policyAdopted(event, entry)
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
