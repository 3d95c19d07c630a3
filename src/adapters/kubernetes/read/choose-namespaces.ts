import type { Scope } from '../../../model/observation.ts'
import { problem, type Problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { plainText } from '../../../model/plain-text.ts'
import { textAt } from './json-view.ts'
import { isKubernetesName } from './kubernetes-name.ts'
import { listPages } from './list-pages.ts'
import { matchInFull } from './match-in-full.ts'

/** `undefined` in `lists` = one list over all namespaces. */
export interface ChosenNamespaces {
  readonly lists: readonly (string | undefined)[]
  /** What the operator does not want to see. */
  readonly excluded: ReadonlySet<string>
  /** krr's default leaves it out after listing, so that one list is enough. */
  readonly dropKubeSystem: boolean
}
type Chosen = Pick<ChosenNamespaces, 'lists' | 'dropKubeSystem'>
/** The names of all namespaces, read when a pattern asks for them, once. */
type Existing = () => Promise<Result<readonly string[]>>

// krr's own test for "this is a pattern"; `+` and `{` are not in it.
const PATTERN = /[\\*|(.?)[\]^$]/
const isPattern = (name: string): boolean => PATTERN.test(name)

/**
 * krr's namespace filter: lower-cased names and patterns; names first, then what each pattern matches, in API order.
 * Exclusions are names and patterns too, and win.
 */
export async function chooseNamespaces(
  { namespaces, excludeNamespaces = [] }: Pick<Scope, 'namespaces' | 'excludeNamespaces'>,
  transport: ApiTransport,
): Promise<Result<ChosenNamespaces>> {
  const existing = once(() => listNames(transport))
  const chosen = await included(namespaces, existing)
  if (!chosen.ok) return chosen
  const { lists, dropKubeSystem } = chosen.value
  const named = lists.filter((list) => list !== undefined)
  const everywhere = named.length < lists.length
  const excluded = await excludedOf(excludeNamespaces, everywhere ? existing : () => Promise.resolve(ok(named)))
  if (!excluded.ok) return excluded
  return ok({
    lists: lists.filter((list) => list === undefined || !excluded.value.has(list)),
    excluded: excluded.value,
    dropKubeSystem,
  })
}

/** Is this namespace not to be shown? */
export const isLeftOut = ({ excluded, dropKubeSystem }: ChosenNamespaces, namespace: string): boolean =>
  excluded.has(namespace) || (dropKubeSystem && namespace === 'kube-system')

async function included(named: readonly string[], existing: Existing): Promise<Result<Chosen>> {
  if (named.length === 0) return ok({ lists: [undefined], dropKubeSystem: true })
  // A wanted deviation: krr crashes on `*`. Here it means what it says, with kube-system.
  if (named.includes('*')) return ok({ lists: [undefined], dropKubeSystem: false })
  const lists = await expand(named, existing)
  return lists.ok ? ok({ lists: lists.value, dropKubeSystem: false }) : lists
}

async function excludedOf(named: readonly string[], existing: Existing): Promise<Result<ReadonlySet<string>>> {
  const names = await expand(named, existing)
  return names.ok ? ok(new Set(names.value)) : names
}

async function expand(named: readonly string[], existing: Existing): Promise<Result<readonly string[]>> {
  const lower = named.map((name) => name.toLowerCase())
  const wrong = lower.find((name) => name.startsWith('*') || (!isPattern(name) && !isKubernetesName(name)))
  if (wrong !== undefined) return failed(notANamespace(wrong))
  const patterns = lower.filter(isPattern)
  const names = lower.filter((name) => !isPattern(name))
  if (patterns.length === 0) return ok([...new Set(names)])
  const known = await existing()
  if (!known.ok) return known
  const matched = matchInFull(patterns, known.value)
  return matched.ok ? ok([...new Set([...names, ...matched.value])]) : matched
}

const listNames = (transport: ApiTransport): Promise<Result<readonly string[]>> =>
  listPages(transport, { api: '/api/v1', plural: 'namespaces' }, (item) => [textAt(item, 'metadata', 'name') ?? ''])

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined
  return () => (answer ??= read())
}

const notANamespace = (name: string): Problem =>
  problem(
    'bad_setting',
    `${plainText(name, 80)} is neither a namespace nor a pattern for namespaces.`,
    'Write a name, a regular expression such as `shop-.*`, or (to look at all namespaces) `*`.',
  )
