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
  /** krr's default leaves it out after listing, so that one list is enough. */
  readonly dropKubeSystem: boolean
}

// krr's own test for "this is a pattern"; `+` and `{` are not in it.
const PATTERN = /[\\*|(.?)[\]^$]/

/** krr's namespace filter: lower-cased names and patterns; names first, then what each pattern matches, in API order. */
export async function chooseNamespaces(
  named: readonly string[],
  transport: ApiTransport,
): Promise<Result<ChosenNamespaces>> {
  if (named.length === 0) return ok({ lists: [undefined], dropKubeSystem: true })
  const lower = named.map((name) => name.toLowerCase())
  // A wanted deviation: krr crashes on `*`. Here it means what it says, with kube-system.
  if (lower.includes('*')) return ok({ lists: [undefined], dropKubeSystem: false })
  const wrong = lower.find((name) => name.startsWith('*') || (!PATTERN.test(name) && !isKubernetesName(name)))
  if (wrong !== undefined) return failed(notANamespace(wrong))
  const patterns = lower.filter((name) => PATTERN.test(name))
  const names = lower.filter((name) => !PATTERN.test(name))
  if (patterns.length === 0) return ok({ lists: [...new Set(names)], dropKubeSystem: false })
  const existing = await listPages(transport, { api: '/api/v1', plural: 'namespaces' }, (item) => [
    textAt(item, 'metadata', 'name') ?? '',
  ])
  if (!existing.ok) return existing
  const matched = matchInFull(patterns, existing.value)
  return matched.ok ? ok({ lists: [...new Set([...names, ...matched.value])], dropKubeSystem: false }) : matched
}

const notANamespace = (name: string): Problem =>
  problem(
    'bad_setting',
    `${plainText(name, 80)} is neither a namespace nor a pattern for namespaces.`,
    'Write a name, a regular expression such as `shop-.*`, or `*` for all namespaces.',
  )
