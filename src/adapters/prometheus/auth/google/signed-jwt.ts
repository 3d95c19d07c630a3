import { createPrivateKey, sign } from 'node:crypto'

/** A JSON Web Token signed with RS256 (RFC 7515, RFC 7518 §3.3); undefined where the key is no RSA key. */
export function signedJwt(
  claims: Readonly<Record<string, string | number>>,
  pem: string,
  keyId: string,
): string | undefined {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType !== 'rsa') return undefined
    const head = { alg: 'RS256', typ: 'JWT', ...(keyId && { kid: keyId }) }
    const signed = `${encoded(head)}.${encoded(claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  } catch {
    // An error of the parser would quote the key.
    return undefined
  }
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
