import type { QueryPath } from '../../ports/krr-engine.ts'

type Form = Readonly<Record<string, string>>

/**
 * krr's query as of one time. An instant query of krr's names no time, so each would be evaluated at another "now"; a
 * range ends now, cut to the minute where it is for CPU usage, and keeps its length.
 */
export function pinForm(path: QueryPath, form: Form, at: number): Form {
  if (path === '/api/v1/query') return { ...form, time: String(at) }
  const [start, end] = [Number(form['start']), Number(form['end'])]
  if (!Number.isFinite(start) || !Number.isFinite(end)) return form
  const pinnedEnd = isHistoryProbe(form) ? at : Math.floor(at / 60) * 60
  return { ...form, start: String(pinnedEnd - (end - start)), end: String(pinnedEnd) }
}

/** krr's look at how far the server's own history goes back: the one range query that is not cut to the minute. */
const isHistoryProbe = (form: Form): boolean => form['query']?.includes('prometheus_tsdb_head_series') ?? false
