import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { ConnectionRequest } from './connection-request.ts'

export interface KubeconfigSearch {
  /** In order; the first has precedence. */
  readonly found: readonly string[]
  /** For a message: every place that was looked at. */
  readonly looked: readonly string[]
}

/** `--kubeconfig`, else each file of $KUBECONFIG, else ~/.kube/config; as kubectl, missing files of a list are passed over. */
export function findKubeconfig({ kubeconfig, environment }: ConnectionRequest): KubeconfigSearch {
  if (kubeconfig !== undefined) return search([kubeconfig], '--kubeconfig')
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  if (listed.length > 0) return search([...new Set(listed)], '$KUBECONFIG')
  return search([join(environment.HOME ?? homedir(), '.kube', 'config')], 'the default')
}

function search(paths: readonly string[], why: string): KubeconfigSearch {
  return { found: paths.filter((path) => existsSync(path)), looked: paths.map((path) => `${path} (${why})`) }
}
