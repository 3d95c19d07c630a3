import type { Json } from '../../../model/json.ts'
import type { KubeObject } from '../../../model/observation.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { pagePath, type Collection } from './collection.ts'
import { arrayAt, textAt } from './json-view.ts'
import type { PageAllowance } from './page-allowance.ts'

const ALL_PAGES: PageAllowance = { size: 500, mayAsk: () => true, asked: () => {}, cut: false }
const GONE = 410
const MOST_PAGES = 4000
const MOST_EXPIRIES = 5

/** What is made of a list: `begin` when it is read from its start, `add` for each object, in API order. */
export interface Fold<State> {
  begin(): State
  add(state: State, item: KubeObject): void
}

/**
 * Reads all pages and keeps what the fold makes of them, page by page: memory grows with what is kept, not with what the
 * objects are. When the continue token expires on the way, the list is read once more from its beginning; when that expires
 * too, it goes on with the server's fresh token: objects that come and go meanwhile may be missed, others never.
 */
export async function foldPages<State>(
  transport: ApiTransport,
  collection: Collection,
  fold: Fold<State>,
): Promise<Result<State>> {
  const pages = collection.pages ?? ALL_PAGES
  let state = fold.begin()
  let next: string | undefined
  let expiries = 0
  for (let count = 0; count < MOST_PAGES; count += 1) {
    if (!pages.mayAsk()) return ok(state)
    const page = await readPage(transport, collection, next)
    if (!page.ok) return page
    for (const item of page.value.items) fold.add(state, item as KubeObject)
    pages.asked(page.value)
    if (page.value.expired) expiries += 1
    const step = nextStep(page.value, expiries, pages !== ALL_PAGES)
    if (step === 'end') return ok(state)
    if (step === 'give up') return failed(changesTooFast(collection))
    if (step === 'begin again') state = fold.begin()
    next = step === 'begin again' ? undefined : page.value.next
  }
  return failed(noList(collection))
}

function nextStep(
  { expired, next }: Page,
  expiries: number,
  counted: boolean,
): 'end' | 'go on' | 'begin again' | 'give up' {
  if (!expired) return next === undefined ? 'end' : 'go on'
  // Where pages are counted, none is read twice without need.
  if (expiries === 1 && (!counted || next === undefined)) return 'begin again'
  return next === undefined || expiries > MOST_EXPIRIES ? 'give up' : 'go on'
}

interface Page {
  readonly items: readonly Json[]
  readonly next: string | undefined
  readonly expired: boolean
}

async function readPage(
  transport: ApiTransport,
  collection: Collection,
  next: string | undefined,
): Promise<Result<Page>> {
  const answer = await transport.send({
    method: 'GET',
    path: pagePath(collection, collection.pages?.size ?? ALL_PAGES.size, next),
    alsoAnswers: next === undefined ? [] : [GONE],
  })
  if (!answer.ok) return answer
  const { status, body } = answer.value
  const more = textAt(body, 'metadata', 'continue') || undefined
  if (status === GONE) return ok({ items: [], next: more, expired: true })
  // A list without items is no list: taking it for an empty one would make a whole kind disappear.
  if (body.items !== null && !Array.isArray(body.items)) return failed(noList(collection))
  return ok({ items: arrayAt(body, 'items'), next: more, expired: false })
}

const changesTooFast = ({ plural }: Collection) =>
  problem(
    'api_error',
    `The list of ${plural} expired again and again while it was being read.`,
    'Try again, or choose fewer namespaces.',
  )
const noList = ({ plural }: Collection) =>
  problem(
    'api_malformed',
    `The API server's answer to listing ${plural} is no list.`,
    'Check that the server address in the kubeconfig is a Kubernetes API and that no proxy answers in its place.',
  )
