import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { millis, minutes, type Millis } from '../../model/time.ts'
import type { PlanSettings } from '../../safety/plan/plan-wish.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'

const DAY_SECONDS = 86_400

export function seconds(
  text: string | undefined,
  preset: Millis,
  { flag, most = DAY_SECONDS }: { readonly flag: string; readonly most?: number },
): Result<Millis> {
  if (text === undefined) return ok(preset)
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= most) return ok(millis(value * 1000))
  return failed(
    problem(
      'bad_setting',
      `--${flag} takes seconds from 0 to ${most}, not "${text.slice(0, 40)}".`,
      `Say for example --${flag} 60.`,
    ),
  )
}

/** The design's defaults: plan open 1 h, execution deadline 1 h, soak 5 min. All of them are in the plan and shown. */
export function planSettings(options: CommonOptions): Result<PlanSettings> {
  const soak = seconds(options.soakSeconds, minutes(5), { flag: 'soak' })
  if (!soak.ok) return soak
  const rolloutDeadline = seconds(options.rolloutDeadlineSeconds, minutes(10), { flag: 'rollout-deadline' })
  if (!rolloutDeadline.ok) return rolloutDeadline
  const executionDeadline = seconds(options.executionDeadlineSeconds, minutes(60), { flag: 'execution-deadline' })
  if (!executionDeadline.ok) return executionDeadline
  return ok({
    openFor: minutes(60),
    executionDeadline: executionDeadline.value,
    soak: soak.value,
    rolloutDeadline: rolloutDeadline.value,
    undoOnFailure: true,
  })
}
