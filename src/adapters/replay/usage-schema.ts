import * as z from 'zod'
import type { UnixSeconds } from '../../model/time.ts'
import { unixSeconds } from '../../model/time.ts'
import type { RangeSeries, Sample } from '../../ports/usage-reader.ts'
import { isWrittenNumber, LAST_SECOND, numberAs, texts, writeNumber } from './base-schema.ts'
import type { WrittenNumber } from './base-schema.ts'
import { listOf } from './list-of.ts'

/**
 * The labels by which a scan tells series apart. Targets can carry any others (tenants, people, addresses): they stay out.
 * A row without its other labels is still a row, so that duplicates are seen as such.
 */
export const SERIES_LABELS: ReadonlySet<string> = new Set([
  'namespace',
  'pod',
  'container',
  'job',
  'uid',
  // Of one run of a container: its cgroup, its name in the runtime, its CPU.
  'id',
  'name',
  'cpu',
  // Of owners.
  'owner_kind',
  'owner_name',
  'replicaset',
  'replicationcontroller',
  'job_name',
  // Our own: which expression of a query a row comes from.
  'part',
])
const labels = texts((label) => SERIES_LABELS.has(label))

export const samplesSchema: z.ZodType<readonly Sample[]> = listOf(
  z.object({ labels, value: numberAs((value) => value) }),
)

type Points = readonly (readonly [at: UnixSeconds, value: number])[]
type WrittenPoints = readonly (readonly [at: number, value: WrittenNumber])[]
// By hand: there are hundreds of thousands in an answer.
const points: z.ZodType<Points> = z.codec(z.custom<WrittenPoints>(isWrittenPoints), z.custom<Points>(Array.isArray), {
  decode: (written) => written.map(([at, value]) => [unixSeconds(at), Number(value)] as const),
  encode: (all) => all.map(([at, value]) => [at, writeNumber(value)] as const),
})
function isWrittenPoints(value: unknown): boolean {
  return Array.isArray(value) && value.every(isWrittenPoint)
}
function isWrittenPoint(point: unknown): boolean {
  if (!Array.isArray(point) || point.length !== 2) return false
  const [at, value] = point as readonly unknown[]
  return typeof at === 'number' && at >= 0 && at <= LAST_SECOND && isWrittenNumber(value)
}

export const seriesSchema: z.ZodType<readonly RangeSeries[]> = listOf(z.object({ labels, points }))
