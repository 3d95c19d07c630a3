import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { problem, type Problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { KubeconfigDocument, NamedEntry } from './kubeconfig-document.ts'
import { plainText } from '../../../model/plain-text.ts'

type Fields = Readonly<Record<string, unknown>>
const LISTS = { contexts: 'context', clusters: 'cluster', users: 'user' } as const
type ListName = keyof typeof LISTS

/**
 * Reads and merges kubeconfig files. Ours and not client-node's: that one drops every field it does not know (`tokenFile`,
 * `as-groups`) before anybody could refuse them, dies on a name in two files, and lets the last file choose the context.
 */
export async function loadKubeconfig(files: readonly string[]): Promise<Result<KubeconfigDocument>> {
  const merged = {
    contexts: new Map<string, NamedEntry>(),
    clusters: new Map<string, NamedEntry>(),
    users: new Map<string, NamedEntry>(),
  }
  let currentContext: string | undefined
  for (const file of files) {
    const content = await readFields(file)
    if (!content.ok) return content
    for (const list of Object.keys(LISTS) as ListName[]) {
      const twice = addEntries(merged[list], content.value[list], { file, list })
      // Which of two would count? kubectl refuses such a file as well.
      if (twice !== undefined) return failed(unreadable(file, `it has two ${list} named ${twice}`))
    }
    currentContext ??= nonEmpty(content.value['current-context'])
  }
  return ok({ files, ...merged, ...(currentContext === undefined ? {} : { currentContext }) })
}

async function readFields(file: string): Promise<Result<Fields>> {
  try {
    const content: unknown = parse(await readFile(file, 'utf8'))
    if (content === null) return ok({})
    return isFields(content) ? ok(content) : failed(unreadable(file, 'it holds no mapping'))
  } catch (error) {
    return failed(unreadable(file, error instanceof Error ? firstLine(error.message) : 'unknown error'))
  }
}

/** Adds what is new; the name that stands twice in this file, if there is one. */
function addEntries(
  into: Map<string, NamedEntry>,
  entries: unknown,
  { file, list }: { file: string; list: ListName },
): string | undefined {
  const here = new Set<string>()
  for (const entry of Array.isArray(entries) ? (entries as readonly unknown[]) : []) {
    if (!isFields(entry) || typeof entry.name !== 'string') continue
    const { name } = entry
    if (here.has(name)) return name
    here.add(name)
    if (!into.has(name)) into.set(name, { name, file, body: entry[LISTS[list]] })
  }
  return undefined
}

// A YAML error quotes the lines around it, and those may hold a token.
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const nonEmpty = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function unreadable(file: string, why: string): Problem {
  const message = `The kubeconfig ${plainText(file)} cannot be read: ${plainText(why)}.`
  return problem(
    'bad_setting',
    message,
    'Check the file with `kubectl config view`, or name another with --kubeconfig.',
  )
}
