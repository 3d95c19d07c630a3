import * as z from 'zod'
import { WORKLOAD_KINDS } from '../../model/workload.ts'
import type { KrrJson } from './krr-json.ts'

// krr's JSON (reference: krr's output). What is not used may be anything, so that a newer krr can say more; what is used
// must be what it always was, since a guess would become somebody's memory limit.
const unset = z.union([z.number(), z.null(), z.literal('?')])
const allocation = z.object({ cpu: unset, memory: unset })
const severity = z.enum(['UNKNOWN', 'GOOD', 'OK', 'WARNING', 'CRITICAL'])
const field = z.object({ value: unset, severity })
const pair = z.object({ cpu: field, memory: field })
const info = z.enum(['No data', 'Not enough data', 'HPA detected', 'OOMKill detected']).nullable()
const count = z.number().nullable()
const hpa = z.object({
  min_replicas: count,
  max_replicas: count,
  current_replicas: count,
  desired_replicas: count,
  target_cpu_utilization_percentage: count,
  target_memory_utilization_percentage: count,
})
const object = z.object({
  name: z.string().min(1),
  container: z.string().min(1),
  namespace: z.string().min(1),
  kind: z.enum(WORKLOAD_KINDS),
  pods: z.array(z.object({ name: z.string(), deleted: z.boolean() })),
  hpa: hpa.nullable(),
  allocations: z.object({ requests: allocation, limits: allocation }),
  warnings: z.array(z.enum(['NoPrometheusPods', 'NoPrometheusCPUMetrics', 'NoPrometheusMemoryMetrics'])),
  // Since 1.18.
  labels: z.record(z.string(), z.string()).nullish(),
})

export const krrSchema: z.ZodType<KrrJson> = z.object({
  scans: z.array(
    z.object({
      object,
      recommended: z.object({ requests: pair, limits: pair, info: z.object({ cpu: info, memory: info }) }),
      severity,
    }),
  ),
  score: z.number().int().min(0).max(100),
  errors: z.array(z.object({ name: z.string(), retry_after: z.string().optional() })).default([]),
  // Since 1.12.
  clusterSummary: z.record(z.string(), z.number()).default({}),
  config: z.object({ inside_cluster: z.boolean().optional() }).nullish(),
})
