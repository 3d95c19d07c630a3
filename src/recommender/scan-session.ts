import type { ScanOptions, ScanPorts, ScanRequest } from './scan-request.ts'
import { usageSession } from './usage-session.ts'
import type { UsageSession } from './usage-session.ts'

/** The queries of a scan: as of its time, within its cluster label, a few at once. */
export function scanSession(
  { evaluatedAt }: Pick<ScanRequest, 'evaluatedAt'>,
  { usage }: ScanPorts,
  options: ScanOptions,
): UsageSession {
  const { signal, progress } = options
  return usageSession(usage, evaluatedAt, {
    concurrency: options.concurrency ?? 4,
    ...(usage.clusterLabel === undefined ? {} : { clusterLabel: usage.clusterLabel }),
    ...(signal === undefined ? {} : { signal }),
    ...(progress === undefined ? {} : { progress: (queries) => progress({ phase: 'metrics', ...queries }) }),
  })
}
