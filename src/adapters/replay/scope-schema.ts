import * as z from 'zod'
import type { Scope } from '../../model/observation.ts'
import { listOf } from './list-of.ts'

const names = listOf(z.string())

export const scopeSchema: z.ZodType<Scope> = z.object({
  namespaces: names,
  excludeNamespaces: names.exactOptional(),
  kinds: names,
  selector: z.string().exactOptional(),
  workloads: names.exactOptional(),
  containers: names.exactOptional(),
  jobGrouping: z.object({ labels: names, limit: z.number() }).exactOptional(),
  jobPages: z.object({ size: z.number(), most: z.number() }).exactOptional(),
  compat: z.enum(['krr', 'fixed']).exactOptional(),
})
