import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { plainText } from './plain-text.ts'

const SCHEMES: readonly string[] = ['http:', 'https:', 'socks5:']

/** A cluster's `proxy-url`. */
export function proxyAddress(proxy: string | undefined, cluster: string): Result<{ readonly proxyUrl?: string }> {
  if (!proxy) return ok({})
  const url = URL.parse(proxy)
  if (url && SCHEMES.includes(url.protocol)) return ok({ proxyUrl: proxy })
  return failed(
    problem(
      'kubeconfig_field_unsupported',
      `The proxy-url of cluster ${plainText(cluster)} is not supported.`,
      'Write it as `http://host:port`, `https://host:port` or `socks5://host:port`.',
    ),
  )
}
