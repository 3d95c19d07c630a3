import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface IssuedCertificate {
  readonly cert: string
  readonly key: string
  readonly privateKey: KeyObject
  readonly commonName: string
}
export interface CertificateSketch {
  readonly commonName: string
  /** Who signs; absent: itself. */
  readonly issuer?: IssuedCertificate
  readonly dnsNames?: readonly string[]
  readonly ips?: readonly string[]
  readonly authority?: boolean
}

const DAY = 86_400_000

/** An X.509 certificate by hand: Node signs, but does not write certificates, and no test may need openssl. */
export function makeCertificate(sketch: CertificateSketch): IssuedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = sketch.issuer?.privateKey ?? privateKey
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    name(sketch.issuer?.commonName ?? sketch.commonName),
    sequence(time(Date.now() - DAY), time(Date.now() + 30 * DAY)),
    name(sketch.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(sketch))),
  )
  const signature = sign('sha256', body, signer)
  const der = sequence(body, ECDSA_SHA256, der_(0x03, Buffer.concat([Buffer.from([0]), signature])))
  return {
    cert: pem('CERTIFICATE', der),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
    commonName: sketch.commonName,
  }
}

function extensions({ authority = false, dnsNames = [], ips = [] }: CertificateSketch): Buffer[] {
  const names = [
    ...dnsNames.map((dns) => der_(0x82, Buffer.from(dns, 'ascii'))),
    ...ips.map((ip) => der_(0x87, Buffer.from(ip.split('.').map(Number)))),
  ]
  const constraints = extension([0x55, 0x1d, 0x13], sequence(...(authority ? [der_(0x01, Buffer.from([0xff]))] : [])))
  return names.length > 0 ? [constraints, extension([0x55, 0x1d, 0x11], sequence(...names))] : [constraints]
}

const extension = (oid: readonly number[], value: Buffer): Buffer => sequence(objectId(oid), der_(0x04, value))
const name = (commonName: string): Buffer =>
  sequence(der_(0x31, sequence(objectId([0x55, 0x04, 0x03]), der_(0x0c, Buffer.from(commonName, 'utf8')))))
const time = (at: number): Buffer =>
  der_(0x18, Buffer.from(new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, ''), 'ascii'))
const objectId = (bytes: readonly number[]): Buffer => der_(0x06, Buffer.from(bytes))
const integer = (bytes: Buffer): Buffer => der_(0x02, bytes)
const sequence = (...parts: readonly Buffer[]): Buffer => der_(0x30, Buffer.concat(parts))
const tagged = (tag: number, content: Buffer): Buffer => der_(tag, content)

function der_(tag: number, content: Buffer): Buffer {
  const size = content.length
  if (size < 128) return Buffer.concat([Buffer.from([tag, size]), content])
  const bytes = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

const ECDSA_SHA256 = sequence(objectId([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]))
const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`
