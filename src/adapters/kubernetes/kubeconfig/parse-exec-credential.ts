import { z } from 'zod'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ClientCertificate } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import { bearer } from './static-authorization.ts'

export interface ExecCredential {
  readonly authorization?: string
  readonly clientCertificate?: ClientCertificate
  /** Milliseconds since 1970; absent = good until the server says 401. */
  readonly expiresAt?: number
}

const schema = z.looseObject({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.looseObject({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
})
type Answer = z.infer<typeof schema>

/** What a plugin printed, as a credential. Its text never enters a message: it holds the token. */
export function parseExecCredential(stdout: string, command: string, apiVersion: string): Result<ExecCredential> {
  const parsed = schema.safeParse(jsonOf(stdout))
  const wrong = parsed.success ? whatIsWrong(parsed.data, apiVersion) : 'did not print an ExecCredential'
  if (!parsed.success || wrong !== undefined) return failed(unusable(command, wrong ?? 'gave nothing'))
  const { token } = parsed.data.status
  if (!token) return ok(withoutToken(parsed.data))
  const authorization = bearer(token, `that ${command} gave`)
  return authorization.ok ? ok({ ...withoutToken(parsed.data), authorization: authorization.value }) : authorization
}

const withoutToken = ({ status }: Answer): ExecCredential => ({
  ...pairOf(status.clientCertificateData, status.clientKeyData),
  ...(status.expirationTimestamp ? { expiresAt: Date.parse(status.expirationTimestamp) } : {}),
})

const pairOf = (cert: string | null | undefined, key: string | null | undefined) =>
  cert && key ? { clientCertificate: { cert, key } } : {}

function whatIsWrong({ apiVersion, status }: Answer, wanted: string): string | undefined {
  if (apiVersion !== wanted) return `answered with apiVersion ${apiVersion}, but its kubeconfig entry says ${wanted}`
  if (!status.token && !status.clientCertificateData) return 'gave neither a token nor a certificate'
  if (!status.clientCertificateData !== !status.clientKeyData) return 'gave half of a client certificate'
  const at = status.expirationTimestamp
  return at && Number.isNaN(Date.parse(at)) ? 'gave an expirationTimestamp that is no time' : undefined
}

const unusable = (command: string, why: string) =>
  credentialFailed(`The credential plugin ${command} ${why}.`, `Run \`${command}\` by hand and look at what it prints.`)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
