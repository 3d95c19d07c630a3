import * as z from 'zod'
import type { Problem, ProblemReason } from '../../model/problem.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { sentence } from './base-schema.ts'
import { autoscalersSchema, listingSchema, podsSchema } from './cluster-schema.ts'
import type { Answers, Method } from './question.ts'
import { samplesSchema, seriesSchema } from './usage-schema.ts'

// Any word: a recording of a newer version may know reasons that this one does not, and shows them as they are.
const reason = z.custom<ProblemReason>((value) => typeof value === 'string' && /^[a-z_]{1,40}$/.test(value))
const fields = { reason, message: sentence, next: sentence }
const plain: z.ZodType<Problem> = z.object(fields)
const ofUsage: z.ZodType<UsageProblem> = z.object({ ...fields, tooMuch: z.boolean() })

const yes = z.literal(true)
const no = z.literal(false)

/** How the answer of each method is written and read: the fields that are named, and no others. */
export const ANSWER_SCHEMAS: { readonly [Name in Method]: z.ZodType<Answers[Name]> } = {
  workloads: z.discriminatedUnion('ok', [
    z.object({ ok: yes, value: listingSchema }),
    z.object({ ok: no, problem: plain }),
  ]),
  autoscalers: z.discriminatedUnion('ok', [
    z.object({ ok: yes, value: autoscalersSchema }),
    z.object({ ok: no, problem: plain }),
  ]),
  pods: z.discriminatedUnion('ok', [z.object({ ok: yes, value: podsSchema }), z.object({ ok: no, problem: plain })]),
  instant: z.discriminatedUnion('ok', [
    z.object({ ok: yes, value: samplesSchema }),
    z.object({ ok: no, problem: ofUsage }),
  ]),
  range: z.discriminatedUnion('ok', [
    z.object({ ok: yes, value: seriesSchema }),
    z.object({ ok: no, problem: ofUsage }),
  ]),
}
