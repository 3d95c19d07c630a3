import * as z from 'zod'
import type {
  Allocations,
  Deviation,
  ObservedAutoscaler,
  ObservedContainer,
  ObservedPod,
  UnreadKind,
  UnscannedWorkload,
  WorkloadListing,
} from '../../model/observation.ts'
import { bytes, cores } from '../../model/quantity.ts'
import { WORKLOAD_KINDS } from '../../model/workload.ts'
import { numberAs, sentence, texts } from './base-schema.ts'
import { listOf } from './list-of.ts'

// What a recording has of a cluster is what is named here: annotations, environment variables, images, commands and
// whatever else an answer may hold one day are not.

const names = listOf(z.string())
const unset = z.union([z.null(), z.literal('?')])
const allocation = z.object({
  cpu: z.union([unset, numberAs(cores)]),
  memory: z.union([unset, numberAs(bytes)]),
})
const allocations: z.ZodType<Allocations> = z.object({ requests: allocation, limits: allocation })

const expression = z.object({ key: z.string(), operator: z.string(), values: names.exactOptional() })
const selector = z.object({
  matchLabels: texts.exactOptional(),
  matchExpressions: listOf(expression).exactOptional(),
})

const deviation: z.ZodType<Deviation> = z.enum([
  'native_sidecar',
  'exact_quantity',
  'own_jobs',
  'chunked_range',
  'infinite_usage',
  'one_step',
])

const container: z.ZodType<ObservedContainer> = z.object({
  kind: z.enum(WORKLOAD_KINDS),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  labels: texts,
  container: z.string(),
  allocations,
  selector: selector.exactOptional(),
  jobs: names.exactOptional(),
  sidecar: z.literal(true).exactOptional(),
  deviations: listOf(deviation).exactOptional(),
})

const unread: z.ZodType<UnreadKind> = z.object({
  kind: z.string(),
  reason: z.enum(['not_served', 'forbidden', 'error']),
  message: sentence,
})
const unscanned: z.ZodType<UnscannedWorkload> = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  pods: z.number(),
  reason: z.enum(['bare_pod', 'unknown_owner']),
})

export const listingSchema: z.ZodType<WorkloadListing> = z.object({
  containers: listOf(container),
  unread: listOf(unread),
  unscanned: listOf(unscanned).exactOptional(),
  looked: z.object({ namespaces: names, except: names }).exactOptional(),
})

const count = z.number().nullable()
export const autoscalersSchema: z.ZodType<readonly ObservedAutoscaler[]> = listOf(
  z.object({
    namespace: z.string(),
    targetKind: z.string(),
    targetName: z.string(),
    minReplicas: count,
    maxReplicas: count,
    currentReplicas: count,
    desiredReplicas: count,
    cpuUtilization: count,
    memoryUtilization: count,
  }),
)

export const podsSchema: z.ZodType<readonly ObservedPod[]> = listOf(
  z.object({
    namespace: z.string(),
    name: z.string(),
    uid: z.string(),
    phase: z.string(),
    labels: texts,
    owner: z.object({ kind: z.string(), name: z.string(), uid: z.string() }).exactOptional(),
  }),
)
