import type { KrrProblem } from '../../ports/krr-engine.ts'

/** The other way to the same numbers. */
export const INSTEAD = 'or leave krr out: --engine native'

export const krrProblem = (reason: KrrProblem['reason'], message: string, next: string): KrrProblem => ({
  reason,
  message,
  next,
})

/** A value that will not be put on krr's command line. */
export const badArgument = (message: string, next: string): KrrProblem => krrProblem('bad_setting', message, next)
