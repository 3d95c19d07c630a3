import type { PlanStep, Verification } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { wallMillis } from '../model/time.ts'
import { recordWhen } from './record.ts'
import type { Run } from './run.ts'
import { settleStep } from './settle-step.ts'
import type { StepEnd } from './step-end.ts'
import type { Expectation } from './verify/expectation.ts'
import { verifyStep } from './verify/verify-step.ts'
import { writeStep } from './write-step.ts'

export interface WaveEnd {
  readonly ends: readonly StepEnd[]
  /** Why no further wave may begin. */
  readonly halt?: string
}

/** Writes the steps of one wave in their order, then watches all of them at once; what fails is settled right away. */
export async function runWave(run: Run, steps: readonly PlanStep[]): Promise<Result<WaveEnd>> {
  const wave = await writeWave(run, steps)
  if (!wave.ok) return wave
  const { written, ends, halt } = wave.value
  const soak = soakWhenAllAreUp(run, written.length)
  const watched = await Promise.all(written.map((each) => watch(run, each, soak)))
  const settled: StepEnd[] = []
  for (const each of watched) {
    if (!each.ok) return each
    settled.push(each.value)
  }
  const bad = settled.find(({ kind }) => kind !== 'verified' && kind !== 'unverified')
  const reason = halt ?? bad?.message
  return ok({ ends: [...ends, ...settled], ...(reason !== undefined && { halt: reason }) })
}

interface Written {
  readonly written: readonly Expectation[]
  readonly ends: readonly StepEnd[]
  readonly halt: string | undefined
}

async function writeWave(run: Run, steps: readonly PlanStep[]): Promise<Result<Written>> {
  const written: Expectation[] = []
  const ends: StepEnd[] = []
  let halt: string | undefined
  for (const step of steps) {
    if (halt !== undefined) {
      ends.push(heldBack(step, halt))
      continue
    }
    const end = await writeStep(run, step)
    if (!end.ok) return end
    if (end.value.written) written.push(end.value.written)
    if (end.value.end) ends.push(end.value.end)
    halt = end.value.halt
  }
  return ok({ written, ends, halt })
}

export const heldBack = (step: PlanStep, halt: string): StepEnd => ({
  kind: 'not_started',
  step,
  message: `Not written: ${halt}`,
})

/** Each step soaks from when it is up; the execution soaks, for all to see, once the last of the wave is. */
interface Soak {
  /** A step is up. */
  up(): Promise<Result<null>>
  /** A step will never be. */
  failed(): Promise<Result<null>>
}

function soakWhenAllAreUp(run: Run, steps: number): Soak {
  let rolling = steps
  let up = 0
  const left = async (): Promise<Result<null>> => {
    rolling -= 1
    return rolling === 0 && up > 0 ? startSoak(run, run.approved.plan.verification) : ok(null)
  }
  return {
    up: () => {
      up += 1
      return left()
    },
    failed: left,
  }
}

/** Nothing is recorded where a step has failed already: then the execution is rolling back, and says so. */
const startSoak = (run: Run, { soak }: Verification): Promise<Result<null>> =>
  recordWhen(run, ({ status }) => {
    const until = wallMillis(run.ports.clock.now().wall + soak)
    return status === 'applying'
      ? { kind: 'soak_started', subject: run.approved.execution, facts: { fence: run.fence, until } }
      : undefined
  })

async function watch(run: Run, written: Expectation, soak: Soak): Promise<Result<StepEnd>> {
  let isUp = false
  const outcome = await verifyStep(run, written, () => {
    isUp = true
    return soak.up()
  })
  if (!outcome.ok) return outcome
  const end = await settleStep(run, written, outcome.value)
  if (!end.ok || isUp) return end
  const told = await soak.failed()
  return told.ok ? end : told
}
