import type { ScanRequest } from './scan-request.ts'

/** Metrics lag by a minute or two, and reading a large cluster takes its time. */
const LAG_SECONDS = 600

/** Whether a scan looks at the cluster as it is now: as of an older time, pods have come and gone since. */
export const isPresent = ({ evaluatedAt, takenAt }: Pick<ScanRequest, 'evaluatedAt' | 'takenAt'>): boolean =>
  takenAt / 1000 - evaluatedAt <= LAG_SECONDS
