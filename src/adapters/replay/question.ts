import * as z from 'zod'
import { canonicalJson } from '../../model/canonical-json.ts'
import type { ObservedAutoscaler, ObservedPod, Scope, WorkloadListing } from '../../model/observation.ts'
import type { Result } from '../../model/result.ts'
import { unixSeconds } from '../../model/time.ts'
import type { PodQuery } from '../../ports/cluster-reader.ts'
import type { RangeSeries, RangeWindow, Sample, UsageProblem } from '../../ports/usage-reader.ts'
import type { UnixSeconds } from '../../model/time.ts'
import { numberAs } from './base-schema.ts'
import { listOf } from './list-of.ts'
import { scopeSchema } from './scope-schema.ts'

/** What a scan asks its ports, with all that the answer depends on. */
export type Question =
  | { readonly method: 'workloads'; readonly scope: Scope }
  | { readonly method: 'autoscalers'; readonly scope: Scope }
  | { readonly method: 'pods'; readonly query: PodQuery }
  | { readonly method: 'instant'; readonly promql: string; readonly at: UnixSeconds }
  | { readonly method: 'range'; readonly promql: string; readonly window: RangeWindow }
export type Method = Question['method']
export type QuestionOf<Name extends Method> = Extract<Question, { readonly method: Name }>

/** The answers, by method: a failure is one, too. */
export interface Answers {
  readonly workloads: Result<WorkloadListing>
  readonly autoscalers: Result<readonly ObservedAutoscaler[]>
  readonly pods: Result<readonly ObservedPod[]>
  readonly instant: Result<readonly Sample[], UsageProblem>
  readonly range: Result<readonly RangeSeries[], UsageProblem>
}

// Only ever compared, so any number will do.
const time = numberAs(unixSeconds)
export const questionSchema: z.ZodType<Question> = z.discriminatedUnion('method', [
  z.object({ method: z.literal('workloads'), scope: scopeSchema }),
  z.object({ method: z.literal('autoscalers'), scope: scopeSchema }),
  z.object({
    method: z.literal('pods'),
    query: z.object({
      namespaces: listOf(z.string()),
      labelSelector: z.string().exactOptional(),
      fieldSelector: z.string().exactOptional(),
    }),
  }),
  z.object({ method: z.literal('instant'), promql: z.string(), at: time }),
  z.object({
    method: z.literal('range'),
    promql: z.string(),
    window: z.object({ start: time, end: time, stepSeconds: numberAs((value) => value) }),
  }),
])

/** One text per question, whatever the order of its parts; with the fields that are named above and no others. */
export const questionText = (question: Question): string => canonicalJson(z.encode(questionSchema, question))
