import * as z from 'zod'
import type { ChosenStrategy } from '../../model/strategy.ts'

// Bounded so far that no date or number of queries computed from them runs away; whether the strategy allows a value is
// for the strategy to say.
const hours = z.number().positive().max(1e6)
const minutes = z.number().min(0.01).max(1e6)
const amount = z.number().min(0).max(1e12)

const common = {
  historyHours: hours,
  timeframeMinutes: minutes,
  memoryBufferPercentage: amount,
  pointsRequired: amount,
  allowHpa: z.boolean(),
  useOomkillData: z.boolean(),
  oomMemoryBufferPercentage: amount,
  cpuMin: amount,
  memoryMin: amount,
}

/** A strategy, with every setting it has. */
export const chosenSchema: z.ZodType<ChosenStrategy> = z.discriminatedUnion('strategy', [
  z.object({ strategy: z.literal('simple'), settings: z.object({ ...common, cpuPercentile: amount }) }),
  z.object({
    strategy: z.literal('simple_limit'),
    settings: z.object({ ...common, cpuRequest: amount, cpuLimit: amount }),
  }),
  z.object({
    strategy: z.literal('usage_aware'),
    settings: z.object({
      ...common,
      cpuPercentile: amount,
      cpuHeadroomPercentage: amount,
      throttledAbovePercentage: amount,
    }),
  }),
])
