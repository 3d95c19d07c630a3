/**
 * Calls `listener` at the next Ctrl-C instead of ending the process; what it returns takes that back. For waiting that may
 * be left while the work goes on elsewhere.
 */
export function onInterrupt(listener: () => void): () => void {
  process.once('SIGINT', listener)
  return () => void process.off('SIGINT', listener)
}
