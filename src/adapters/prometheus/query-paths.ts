const QUERIES = new Set(['/api/v1/query', '/api/v1/query_range'])
const LABEL_VALUES = /^\/api\/v1\/label\/[a-zA-Z_][a-zA-Z0-9_]*\/values$/

// The reading side can only read: Prometheus has paths that delete series or stop the server.
/** Is this one of the paths that only read, and that we ask? */
export const isQueryPath = (path: string): boolean => QUERIES.has(path) || LABEL_VALUES.test(path)

/** Values of a label are a resource: asked with GET, always. */
export const isLabelPath = (path: string): boolean => LABEL_VALUES.test(path)
