import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml'
import { digestOf } from '../../model/hash.ts'
import { problem, type Problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { quoted } from '../../model/safe-text.ts'
import type { Policy } from './policy.ts'

const KEY = 'client_namespaces'
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const LOOKS_LIKE_PATTERN = /[*?[\]{}^$|\\!+]/
const MOST_CHARACTERS = 100_000

interface Reader {
  readonly document: Document.Parsed
  readonly lines: LineCounter
}
/** What is wrong, and the offset in the text at which it is. */
interface Fault {
  readonly what: string
  readonly at: number
}
const fault = (what: string, at: number): Fault => ({ what, at })
const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0

function invalid(what: string, at: { readonly line: number; readonly col: number }): Problem {
  return problem(
    'policy_invalid',
    `Policy, line ${at.line}, column ${at.col}: ${what}.`,
    `Correct the file; it may hold only "${KEY}: [names of namespaces]". Nothing is planned under a policy that cannot be read.`,
  )
}

function faultInName(item: unknown, seen: Set<string>): Fault | undefined {
  const at = startOf(item)
  if (!isScalar(item) || item.anchor !== undefined || typeof item.value !== 'string')
    return fault('a namespace must be a plain text (quote it if it looks like a number)', at)
  const name = item.value
  // Patterns are refused, not matched: a person who writes `*` must not find every namespace opened, nor none.
  if (LOOKS_LIKE_PATTERN.test(name))
    return fault(`${quoted(name)} looks like a pattern; list each namespace by its name`, at)
  if (!NAMESPACE.test(name)) return fault(`${quoted(name)} is not a namespace's name`, at)
  if (seen.has(name)) return fault(`${quoted(name)} is listed twice`, at)
  seen.add(name)
  return undefined
}

function faultInPair({ key, value }: Pair): Fault | undefined {
  if (!isScalar(key) || key.value !== KEY)
    return fault(`${quoted(isScalar(key) ? String(key.value) : 'this')} is not a key of a policy`, startOf(key))
  if (!isSeq(value)) return fault(`${KEY} must be a list`, startOf(value ?? key))
  if (value.anchor !== undefined || value.tag !== undefined)
    return fault('anchors and tags are not allowed', startOf(value))
  const seen = new Set<string>()
  return value.items.map((item) => faultInName(item, seen)).find((each) => each !== undefined)
}

function findFault({ document }: Reader): Fault | undefined {
  const error = document.errors[0] ?? document.warnings[0]
  if (error) return fault(quoted(error.message.split('\n')[0] ?? 'is not YAML', 200), error.pos[0])
  const top = document.contents
  if (!isMap(top)) return fault(`a policy is a map with the key ${KEY}`, startOf(top))
  return top.items.map((pair) => faultInPair(pair)).find((each) => each !== undefined)
}

/** Strict: what is not understood is refused, never skipped. A typo in a policy must not make it laxer or stricter unseen. */
export function parsePolicy(text: string): Result<Policy> {
  if (text.length > MOST_CHARACTERS)
    return failed(invalid(`is longer than ${MOST_CHARACTERS} characters`, { line: 1, col: 1 }))
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
  })
  const found = findFault({ document, lines })
  if (found) return failed(invalid(found.what, lines.linePos(found.at)))
  const names = ((document.toJS() as Record<string, readonly string[]>)[KEY] ?? []).toSorted()
  const clientNamespaces = Object.freeze(names)
  const revision = digestOf({ [KEY]: clientNamespaces })
  return ok(Object.freeze({ clientNamespaces, revision, text }))
}
