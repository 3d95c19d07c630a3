import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { contextEntry } from './kubeconfig-entries.ts'
import type { KubeconfigDocument, NamedEntry } from './kubeconfig-document.ts'
import { plainText } from '../../../model/plain-text.ts'

export interface ChosenContext {
  readonly name: string
  readonly cluster: NamedEntry
  /** Undefined: the context names no user, which means nobody, as for `kubectl proxy`. */
  readonly user: NamedEntry | undefined
}

/** The named or the current context; never another one. */
export function chooseContext(document: KubeconfigDocument, wanted: string | undefined): Result<ChosenContext> {
  const name = wanted ?? document.currentContext
  if (name === undefined)
    return failed(noSuchContext('No context was chosen, and the kubeconfig has no current one', document))
  const found = document.contexts.get(name)
  if (!found) return failed(noSuchContext(`There is no context ${plainText(name)}`, document))
  const context = contextEntry(found)
  if (!context.ok) return context
  const cluster = document.clusters.get(context.value.cluster)
  if (!cluster)
    return failed(noSuchContext(`The context ${plainText(name)} names a cluster that does not exist`, document))
  if (!context.value.user) return ok({ name, cluster, user: undefined })
  const user = document.users.get(context.value.user)
  // A user that cannot be found must not become nobody.
  if (!user) return failed(noSuchContext(`The context ${plainText(name)} names a user that does not exist`, document))
  return ok({ name, cluster, user })
}

function noSuchContext(why: string, { contexts, files }: KubeconfigDocument) {
  const names = [...contexts.keys()].map((name) => plainText(name, 100))
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '')
  const where = files.length > 0 ? ` in ${files.map((file) => plainText(file)).join(', ')}` : ''
  const exist = names.length > 0 ? `the contexts${where} are: ${shown}` : `there are no contexts${where}`
  return problem(
    'no_such_context',
    `${why}; ${exist}.`,
    'Choose one with --context, or list them with `kubectl config get-contexts`.',
  )
}
