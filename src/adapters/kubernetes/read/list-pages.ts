import type { Json } from '../../../model/json.ts'
import type { KubeObject } from '../../../model/observation.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { problem } from '../../../model/problem.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { pagePath, type Collection } from './collection.ts'
import { arrayAt, textAt } from './json-view.ts'

const PAGE = 500
const GONE = 410
const MOST_PAGES = 4000

/**
 * Reads all pages and keeps of each object what `project` makes of it, page by page: memory grows with what is kept, not with
 * what the objects are. When the continue token expires on the way, the whole list is read once more from its beginning.
 */
export async function listPages<Kept>(
  transport: ApiTransport,
  collection: Collection,
  project: (item: KubeObject) => readonly Kept[],
): Promise<Result<readonly Kept[]>> {
  const first = await readThrough(transport, collection, project)
  if (first !== 'expired') return first
  const second = await readThrough(transport, collection, project)
  return second === 'expired' ? failed(changesTooFast(collection)) : second
}

async function readThrough<Kept>(
  transport: ApiTransport,
  collection: Collection,
  project: (item: KubeObject) => readonly Kept[],
): Promise<Result<readonly Kept[]> | 'expired'> {
  const kept: Kept[] = []
  let next: string | undefined
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await readPage(transport, collection, next)
    if (page === 'expired') return page
    if (!page.ok) return page
    for (const item of page.value.items) kept.push(...project(item as KubeObject))
    next = page.value.next
    if (next === undefined) return ok(kept)
  }
  return failed(noList(collection))
}

interface Page {
  readonly items: readonly Json[]
  readonly next: string | undefined
}

async function readPage(
  transport: ApiTransport,
  collection: Collection,
  next: string | undefined,
): Promise<Result<Page> | 'expired'> {
  const answer = await transport.send({
    method: 'GET',
    path: pagePath(collection, PAGE, next),
    alsoAnswers: next === undefined ? [] : [GONE],
  })
  if (!answer.ok) return answer
  const { status, body } = answer.value
  if (status === GONE) return 'expired'
  // A list without items is no list: taking it for an empty one would make a whole kind disappear.
  if (body.items !== null && !Array.isArray(body.items)) return failed(noList(collection))
  return ok({ items: arrayAt(body, 'items'), next: textAt(body, 'metadata', 'continue') || undefined })
}

const changesTooFast = ({ plural }: Collection) =>
  problem(
    'api_error',
    `The list of ${plural} expired twice while it was being read.`,
    'Try again, or choose fewer namespaces.',
  )
const noList = ({ plural }: Collection) =>
  problem(
    'api_malformed',
    `The API server's answer to listing ${plural} is no list.`,
    'Check that the server address in the kubeconfig is a Kubernetes API and that no proxy answers in its place.',
  )
