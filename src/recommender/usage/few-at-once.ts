import type { UsageProblem } from '../../ports/usage-reader.ts'

/** Batches whose points are held at once: one that has begun is finished before the next begins. */
const AT_ONCE = 4

/** Works through the batches until one fails: the first problem, or undefined. */
export async function fewAtOnce<Batch>(
  batches: readonly Batch[],
  work: (batch: Batch) => Promise<UsageProblem | undefined>,
): Promise<UsageProblem | undefined> {
  const left = batches.values()
  const worker = async (): Promise<UsageProblem | undefined> => {
    for (const batch of left) {
      const problem = await work(batch)
      if (problem) return problem
    }
    return undefined
  }
  const problems = await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return problems.find((problem) => problem !== undefined)
}
