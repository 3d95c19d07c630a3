/**
 * What proxies on the way still take: nginx (and its ingress controller) refuses a request line of more than 8 KiB, HAProxy
 * of about 16 KiB. The rest is room for what they put in front.
 */
export const LONGEST_URL = 6000

/** The address with its parameters as a query; undefined where it would be too long for what may stand in between. */
export function queryUrl(address: string, params: Readonly<Record<string, string>>): string | undefined {
  // A plus sign means a space to some and itself to others, signatures among them.
  const query = new URLSearchParams(params).toString().replaceAll('+', '%20')
  const url = query === '' ? address : `${address}?${query}`
  return url.length > LONGEST_URL ? undefined : url
}
