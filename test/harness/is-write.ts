import type { AuditEvent } from './read-audit-log.ts'

const READS = new Set(['get', 'list', 'watch', 'head', 'options'])
// They ask what a user may do and store nothing, although they are "created".
const REVIEWS = new Set(['authorization.k8s.io', 'authentication.k8s.io'])
// Ways into a pod: whatever the verb, what comes after may change something.
const DOORS = new Set(['exec', 'attach', 'portforward'])

/** Whether this request could change the cluster: anything that is not known to be a read, a review or a dry run. */
export function isWrite({ verb, requestURI, objectRef }: AuditEvent): boolean {
  if (DOORS.has(objectRef?.subresource ?? '')) return true
  if (READS.has(verb.toLowerCase())) return false
  if (verb === 'create' && REVIEWS.has(objectRef?.apiGroup ?? '')) return false
  return !isDryRun(requestURI)
}

/** In the address only: what a body says is the server's to interpret, and ours not to trust. */
function isDryRun(requestURI: string): boolean {
  const values = new URL(requestURI, 'https://api').searchParams.getAll('dryRun')
  return values.length > 0 && values.every((value) => value === 'All')
}
