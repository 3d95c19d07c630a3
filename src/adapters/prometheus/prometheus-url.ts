import { problem } from '../../model/problem.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { plainText } from '../../model/plain-text.ts'

/** Where a Prometheus is: `base` has no trailing slash, paths of the API are appended to it. */
export interface PrometheusUrl {
  readonly origin: string
  readonly base: string
}

/** Checks an operator's URL; whatever is refused here was never connected to. */
export function prometheusUrl(text: string): Result<PrometheusUrl> {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return refused(
      `${plainText(text, 100)} is not an http:// or https:// URL`,
      'give it as http://HOST:PORT or https://HOST/PATH',
    )
  }
  const url = new URL(text)
  // A password in a URL ends up in process lists, histories and messages.
  if (url.username !== '' || url.password !== '') {
    return refused('the Prometheus URL has a user or a password in it', 'leave them out of the URL')
  }
  if (url.search !== '' || url.hash !== '') {
    return refused(
      'the Prometheus URL has a query or a fragment',
      'give the address only, up to the path before /api/v1',
    )
  }
  return ok({ origin: url.origin, base: `${url.origin}${url.pathname.replace(/\/$/, '')}` })
}

const refused = (message: string, next: string): Result<never> => failed(problem('bad_setting', message, next))
