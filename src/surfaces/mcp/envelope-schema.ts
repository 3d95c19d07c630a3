import * as z from 'zod'

/** The output schema of every tool. `cluster`, `next` and `data` are open here: a listing is paid for in every conversation. */
export const envelopeSchema: z.ZodObject = z.looseObject({
  status: z.string(),
  headline: z.string(),
  cluster: z.unknown(),
  changed_cluster: z.enum(['no', 'partly', 'yes', 'unknown']),
  next: z.array(z.unknown()),
  data: z.looseObject({}),
})
