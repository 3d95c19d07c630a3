/** Every selector of a query with its metric; the braces, and no quoted text that looks like some. */
export function selectorsOf(promql: string): readonly { readonly metric: string; readonly matchers: string }[] {
  const found = promql.matchAll(/([a-zA-Z_:][\w:]*)\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\}/g)
  return [...found].map(([, metric = '', matchers = '']) => ({ metric, matchers }))
}

/** Metrics of the cluster that a query names, selector or not. */
export const metricsIn = (promql: string): readonly string[] =>
  [...promql.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/\b(?:container|kube|machine)_\w+/g)].map(
    ([metric]) => metric,
  )
