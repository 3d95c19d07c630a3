import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import * as z from 'zod'
import { listedSchema } from './listed-schema.ts'

/** What every result is checked against before it leaves. */
const envelope = z.strictObject({
  status: z.string(),
  headline: z.string(),
  cluster: z.strictObject({ name: z.string(), source: z.enum(['live', 'demo', 'replay']) }).nullable(),
  changed_cluster: z.enum(['no', 'partly', 'yes', 'unknown']),
  next: z.array(
    z.union([
      z.strictObject({ tool: z.string(), arguments: z.looseObject({}) }),
      z.strictObject({ command: z.string(), for: z.literal('person') }),
    ]),
  ),
  data: z.looseObject({}),
})

/** The output schema of every tool. What the members hold is open in the listing. */
export const envelopeSchema: StandardSchemaWithJSON = listedSchema(envelope, () => ({
  type: 'object',
  required: Object.keys(envelope.shape),
}))
