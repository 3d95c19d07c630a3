/** Requests of one plan under way at the same time: 200 workloads must not be 200 sockets. */
export const MOST_AT_ONCE = 4

/** `work` on every item, at most `MOST_AT_ONCE` at a time; the results in the items' order. */
export async function inParallel<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results: Value[] = []
  const queue = items.entries()
  // The workers share one iterator, so each item is taken once.
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, items.length) }, worker))
  return results
}
