import { pathOf } from './request-query.ts'

/** What a path of the API is about. */
export interface ResourcePath {
  /** `''` for the core group. */
  readonly group: string
  readonly version: string
  readonly namespace: string | undefined
  readonly plural: string
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** `/apis/apps/v1/namespaces/shop/deployments/web` in parts; undefined when it is no path of a resource. Takes well-formed paths only. */
export function resourcePath(path: string): ResourcePath | undefined {
  const [root, ...segments] = pathOf(path).split('/').slice(1)
  if (root === 'api') return inGroup('', segments)
  if (root === 'apis') return inGroup(segments[0] ?? '', segments.slice(1))
  return undefined
}

function inGroup(group: string, [version, ...rest]: readonly string[]): ResourcePath | undefined {
  const namespaced = rest[0] === 'namespaces' && rest.length > 2
  const [plural, name, ...deeper] = namespaced ? rest.slice(2) : rest
  if (version === undefined || plural === undefined) return undefined
  const namespace = namespaced ? rest[1] : undefined
  return { group, version, namespace, plural, name, subresource: deeper.length > 0 ? deeper.join('/') : undefined }
}
