import { finding, type Check, type Finding } from './check.ts'
import { rolloutState } from './rollout-state.ts'
import type { Snapshot } from './snapshot.ts'

function find({ target, object }: Snapshot): readonly Finding[] {
  const state = rolloutState(target.kind, object)
  switch (state.kind) {
    case 'done':
      return []
    case 'manual':
      return [
        finding(
          'note',
          'This workload replaces no pods by itself (update strategy OnDelete): the change takes effect pod by pod, when somebody deletes them.',
          'Delete the pods one by one after the change.',
        ),
      ]
    case 'running':
      return [
        finding(
          'block',
          `A rollout is not finished: ${state.what}.`,
          'Wait until kubectl rollout status says it is done, then preview again.',
        ),
      ]
    case 'failed':
      return [
        finding(
          'block',
          `The workload is not healthy: ${state.what}.`,
          'Repair or undo that rollout first, then preview again.',
        ),
      ]
  }
}

export const rolloutRunning: Check = {
  name: 'rollout-running',
  verdict: 'block',
  why: 'Two changes on top of each other cannot be told apart when something breaks, and undoing ours would not undo the other.',
  find,
}
