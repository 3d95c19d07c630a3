/** Runs `work` on all items, at most `width` at a time; results in the items' order. */
export async function inOrder<Item, Value>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results = new Map<number, Value>()
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item that nobody has.
    for (const [index, item] of queue) results.set(index, await work(item))
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
  return items.map((_, index) => results.get(index) as Value)
}
