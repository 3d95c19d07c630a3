import * as z from 'zod'
import { unixSeconds } from '../../model/time.ts'
import type { RangeSeries, Sample } from '../../ports/usage-reader.ts'
import { isTexts, isWrittenNumber, LAST_SECOND, onlyTexts, writeNumber } from './base-schema.ts'
import type { Texts, WrittenNumber } from './base-schema.ts'

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
  'question',
])

type Points = RangeSeries['points']
interface WrittenSample {
  readonly labels: Texts
  readonly value: WrittenNumber
}
interface WrittenSeries {
  readonly labels: Texts
  readonly points: readonly (readonly [at: number, value: WrittenNumber])[]
}

// By hand, to the first row that is wrong: an answer has tens of thousands of rows, or hundreds of thousands of points.
export const samplesSchema: z.ZodType<readonly Sample[]> = z.codec(
  z.custom<readonly WrittenSample[]>((rows) => isListOf(rows, isWrittenSample)),
  z.custom<readonly Sample[]>(Array.isArray),
  {
    decode: (rows) => rows.map(({ labels, value }) => ({ labels: readLabels(labels), value: Number(value) })),
    encode: (rows) => rows.map(({ labels, value }) => ({ labels: readLabels(labels), value: writeNumber(value) })),
  },
)

export const seriesSchema: z.ZodType<readonly RangeSeries[]> = z.codec(
  z.custom<readonly WrittenSeries[]>((rows) => isListOf(rows, isWrittenSeries)),
  z.custom<readonly RangeSeries[]>(Array.isArray),
  {
    decode: (rows) => rows.map(({ labels, points }) => ({ labels: readLabels(labels), points: readPoints(points) })),
    encode: (rows) => rows.map(({ labels, points }) => ({ labels: readLabels(labels), points: writePoints(points) })),
  },
)

const readLabels = (labels: Texts): Texts => onlyTexts(labels, SERIES_LABELS)
const readPoints = (points: WrittenSeries['points']): Points =>
  points.map(([at, value]) => [unixSeconds(at), Number(value)] as const)
const writePoints = (points: Points): WrittenSeries['points'] =>
  points.map(([at, value]) => [at, writeNumber(value)] as const)

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem)
const isWrittenSample = (row: unknown): boolean => isRow(row) && isWrittenNumber(row['value'])
const isWrittenSeries = (row: unknown): boolean => isRow(row) && isListOf(row['points'], isWrittenPoint)
const isRow = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null && isTexts(Reflect.get(row, 'labels'))

function isWrittenPoint(point: unknown): boolean {
  if (!Array.isArray(point) || point.length !== 2) return false
  const [at, value] = point as readonly unknown[]
  return typeof at === 'number' && at >= 0 && at <= LAST_SECOND && isWrittenNumber(value)
}
