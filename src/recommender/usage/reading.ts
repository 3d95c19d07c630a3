import type { Sample } from '../../ports/usage-reader.ts'

/** One value of one container of one pod, by one scrape job ('' where the series have no job). */
export interface Reading {
  readonly namespace: string
  readonly container: string
  readonly pod: string
  readonly job: string
  readonly value: number
}

export const readingOf = ({ labels, value }: Sample): Reading => ({
  namespace: labels['namespace'] ?? '',
  container: labels['container'] ?? '',
  pod: labels['pod'] ?? '',
  job: labels['job'] ?? '',
  value,
})

/** One key per series group, as krr's `by (container, pod, job)` within a namespace. */
export const readingKey = (reading: Reading): string =>
  `${reading.namespace}/${reading.pod}/${reading.container}/${reading.job}`
