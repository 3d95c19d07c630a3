import type { Sample } from '../../ports/usage-reader.ts'

/** Names (of sets, jobs or pods) by the object that owns them. */
export interface NamesByOwner {
  of(owner: Owner): ReadonlySet<string>
}
export interface Owner {
  readonly namespace: string
  readonly kind: string
  readonly name: string
}

/** Reads rows that have the labels `namespace`, `owner_kind`, `owner_name` and one of `nameLabels`. */
export function namesByOwner(samples: readonly Sample[], nameLabels: readonly string[]): NamesByOwner {
  const names = new Map<string, Set<string>>()
  for (const { labels } of samples) {
    const name = nameLabels.map((label) => labels[label]).find((value) => value !== undefined)
    if (name === undefined) continue
    const { namespace = '', owner_kind: kind = '', owner_name: owner = '' } = labels
    const key = keyOf({ namespace, kind, name: owner })
    const known = names.get(key)
    if (known) known.add(name)
    else names.set(key, new Set([name]))
  }
  return { of: (owner) => names.get(keyOf(owner)) ?? NONE }
}

const NONE: ReadonlySet<string> = new Set()
const keyOf = (owner: Owner): string => `${owner.namespace}/${owner.kind}/${owner.name}`
