import { z } from 'zod'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { NamedEntry } from './kubeconfig-document.ts'
import { plainText } from '../../../model/plain-text.ts'

export interface ContextEntry {
  readonly cluster: string
  readonly user?: string | undefined
}
export interface ClusterEntry {
  readonly server: string
  readonly 'certificate-authority'?: string | undefined
  readonly 'certificate-authority-data'?: string | undefined
  readonly 'insecure-skip-tls-verify'?: boolean | undefined
  readonly 'tls-server-name'?: string | undefined
  readonly 'proxy-url'?: string | undefined
  readonly extensions?: readonly { readonly name: string; readonly extension?: unknown }[] | null | undefined
}
export interface ExecEntry {
  readonly apiVersion: string
  readonly command: string
  readonly args?: readonly string[] | null | undefined
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null | undefined
  readonly interactiveMode?: 'Never' | 'IfAvailable' | 'Always' | undefined
  readonly provideClusterInfo?: boolean | undefined
  readonly installHint?: string | undefined
}
export interface AuthProviderEntry {
  readonly name: string
  readonly config?: Readonly<Record<string, string>> | null | undefined
}
export interface UserEntry {
  readonly token?: string | undefined
  readonly tokenFile?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly 'client-certificate'?: string | undefined
  readonly 'client-certificate-data'?: string | undefined
  readonly 'client-key'?: string | undefined
  readonly 'client-key-data'?: string | undefined
  readonly as?: string | undefined
  readonly 'as-uid'?: string | undefined
  readonly 'as-groups'?: readonly string[] | null | undefined
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>> | null | undefined
  readonly exec?: ExecEntry | null | undefined
  readonly 'auth-provider'?: AuthProviderEntry | null | undefined
}

const text = z.string().optional()
const contextSchema: z.ZodType<ContextEntry> = z.looseObject({ cluster: z.string(), user: text })
// Strict: a field that we do not know may be the credential, or what the connection's safety rests on.
const clusterSchema: z.ZodType<ClusterEntry> = z.strictObject({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': text,
  'proxy-url': text,
  'disable-compression': z.boolean().optional(),
  'api-version': text,
  extensions: z.array(z.looseObject({ name: z.string() })).nullish(),
})
const execSchema: z.ZodType<ExecEntry> = z.strictObject({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).optional(),
  provideClusterInfo: z.boolean().optional(),
  installHint: text,
})
const userSchema: z.ZodType<UserEntry> = z.strictObject({
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z.strictObject({ name: z.string(), config: z.record(z.string(), z.string()).nullish() }).nullish(),
  extensions: z.unknown().optional(),
})

export const contextEntry = (entry: NamedEntry): Result<ContextEntry> => parseEntry(contextSchema, 'context', entry)
export const clusterEntry = (entry: NamedEntry): Result<ClusterEntry> => parseEntry(clusterSchema, 'cluster', entry)
export const userEntry = (entry: NamedEntry): Result<UserEntry> => parseEntry(userSchema, 'user', entry)

function parseEntry<Entry>(schema: z.ZodType<Entry>, what: string, entry: NamedEntry): Result<Entry> {
  const parsed = schema.safeParse(entry.body ?? {})
  if (parsed.success) return ok(parsed.data)
  // Only where and what kind: the value may be a secret.
  const issue = parsed.error.issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...keys.slice(0, 1)].map(String).join('.')
  const why = keys.length > 0 ? 'is not supported' : 'is missing or has the wrong type'
  return failed(
    problem(
      'kubeconfig_field_unsupported',
      `The field \`${plainText(field)}\` of ${what} ${plainText(entry.name)} in ${plainText(entry.file)} ${why}, and going on without it could mean another identity than the one you meant.`,
      'Correct or remove the field, or choose another context with --context.',
    ),
  )
}
