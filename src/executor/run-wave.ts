import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import type { Run } from './run.ts'
import { settleStep } from './settle-step.ts'
import { soakOf, type Soak } from './soak.ts'
import type { StepEnd } from './step-end.ts'
import { verifyStep } from './verify/verify-step.ts'
import type { WriteEnd } from './write-end.ts'
import { writeStep } from './write-step.ts'

export interface WaveEnd {
  readonly ends: readonly StepEnd[]
  /** Why no further wave may begin. */
  readonly halt?: string
}

/** What goes on while a wave is written and watched at once. */
interface Wave {
  readonly soak: Soak
  readonly ends: StepEnd[]
  readonly watching: Promise<Result<null>>[]
  halt: string | undefined
}

/**
 * Writes the steps of one wave in their order and watches each from the moment it is written, so that a failure stops
 * the writes that are left and is settled while the others are still watched.
 */
export async function runWave(run: Run, steps: readonly PlanStep[]): Promise<Result<WaveEnd>> {
  const wave: Wave = { soak: soakOf(run), ends: [], watching: [], halt: undefined }
  const written = await writeAll(run, steps, wave)
  const soak = written.ok ? await wave.soak.allWritten() : written
  const watched = await Promise.all(wave.watching)
  const lost = [soak, ...watched].find((each) => !each.ok)
  if (lost && !lost.ok) return lost
  return ok({ ends: wave.ends, ...(wave.halt !== undefined && { halt: wave.halt }) })
}

async function writeAll(run: Run, steps: readonly PlanStep[], wave: Wave): Promise<Result<null>> {
  for (const step of steps) {
    if (wave.halt !== undefined) {
      wave.ends.push(heldBack(step, wave.halt))
      continue
    }
    const end = await writeStep(run, step)
    if (!end.ok) return end
    wave.halt ??= end.value.halt
    if (end.value.end) wave.ends.push(end.value.end)
    const watching = watch(run, end.value, wave)
    // Awaited below; until then a bug in it must not end the process in the middle of another step's write.
    watching.catch(() => undefined)
    wave.watching.push(watching)
  }
  return ok(null)
}

export const heldBack = (step: PlanStep, halt: string): StepEnd => ({
  kind: 'not_started',
  step,
  message: `Not written: ${halt}`,
})

async function watch(run: Run, { written, remark }: WriteEnd, wave: Wave): Promise<Result<null>> {
  if (!written) return ok(null)
  const { step } = written
  wave.soak.rolling(step)
  const outcome = await verifyStep(run, written, () => wave.soak.up(step))
  if (!outcome.ok) return outcome
  if (outcome.value.kind === 'failed' || outcome.value.kind === 'unseen') wave.halt ??= HALT
  const end = await settleStep(run, written, outcome.value)
  if (!end.ok) return end
  wave.ends.push(remark === undefined ? end.value : { ...end.value, message: `${end.value.message} ${remark}` })
  return wave.soak.ended(step)
}

const HALT = 'A workload before it did not pass its verification.'
