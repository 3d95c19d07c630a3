import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { plainText } from '../../../model/plain-text.ts'

export interface ServerAddress {
  readonly origin: string
  readonly basePath: string
}

/** `https://host:6443/k8s/clusters/c-1/` → its origin and base path. */
export function serverAddress(server: string, where: string): Result<ServerAddress> {
  const url = URL.parse(server)
  const usable =
    url !== null &&
    ['https:', 'http:'].includes(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  if (usable) return ok({ origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') })
  return failed(
    problem(
      'bad_setting',
      `The server of cluster ${plainText(where)} is not an address that can be used.`,
      'Write it as `https://host:port`, without a user name and without a query.',
    ),
  )
}
