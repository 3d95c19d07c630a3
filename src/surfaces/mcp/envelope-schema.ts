import * as z from 'zod'

/** The output schema of every tool. `data` is open here: what is in it is described in docs/tools.md. */
export const envelopeSchema: z.ZodObject = z.object({
  status: z.string(),
  headline: z.string(),
  cluster: z.object({ name: z.string(), source: z.string() }).nullable(),
  changed_cluster: z.enum(['no', 'partly', 'yes', 'unknown']),
  next: z.array(z.looseObject({})),
  data: z.looseObject({}),
})
