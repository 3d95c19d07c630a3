import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { plainText } from '../../../model/plain-text.ts'

// undici's SOCKS support is experimental and says so on stderr.
const SCHEMES: readonly string[] = ['http:', 'https:']

/** A cluster's `proxy-url`, or the proxy that the environment names. */
export function proxyAddress(proxy: string | undefined, cluster: string): Result<{ readonly proxyUrl?: string }> {
  if (!proxy) return ok({})
  const url = URL.parse(proxy)
  if (url && SCHEMES.includes(url.protocol)) return ok({ proxyUrl: proxy })
  return failed(
    problem(
      'kubeconfig_field_unsupported',
      `The proxy of cluster ${plainText(cluster)} (its proxy-url, or HTTPS_PROXY) is not supported.`,
      'Write it as `http://host:port` or `https://host:port`; SOCKS proxies are not supported.',
    ),
  )
}
