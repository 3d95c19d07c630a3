import { dirname, isAbsolute, resolve } from 'node:path'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { CredentialSource } from './cluster-connection.ts'
import { credentialFailed } from './credential-failed.ts'
import type { ExecEntry } from './kubeconfig-entries.ts'
import { parseExecCredential, type ExecCredential } from './parse-exec-credential.ts'
import { plainText } from '../../../model/plain-text.ts'
import { runPlugin, type PluginEnd } from './run-plugin.ts'

export interface ExecSetup {
  readonly entry: ExecEntry
  /** The kubeconfig: a command with a slash in it is relative to that file. */
  readonly file: string
  /** All that the plugin may see. */
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMillis?: number
}

const SUPPORTED: readonly string[] = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const TIME_LIMIT = 30_000
// A token that runs out on the way is a 401 for no reason.
const LEEWAY = 10_000

/** A credential plugin: run when needed, one at a time, its answer kept until it expires or the server refuses it. */
export function execCredential(setup: ExecSetup): Result<CredentialSource> {
  const unsupported = whyUnsupported(setup.entry)
  if (unsupported) return failed(unsupported)
  const source = new ExecSource(setup)
  return ok({
    authorization: async () => pick(await source.current(), ({ authorization }) => authorization),
    clientCertificate: async () => pick(await source.current(), ({ clientCertificate }) => clientCertificate),
    refused: () => source.forget(),
  })
}

class ExecSource {
  readonly #setup: ExecSetup
  #kept: ExecCredential | undefined
  #running: Promise<Result<ExecCredential>> | undefined

  constructor(setup: ExecSetup) {
    this.#setup = setup
  }

  async current(): Promise<Result<ExecCredential>> {
    if (this.#kept && Date.now() < (this.#kept.expiresAt ?? Infinity) - LEEWAY) return ok(this.#kept)
    // Single flight: ten requests at once must not open ten login windows.
    this.#running ??= this.#renew().finally(() => (this.#running = undefined))
    return this.#running
  }

  forget(): boolean {
    const had = this.#kept !== undefined
    this.#kept = undefined
    return had
  }

  async #renew(): Promise<Result<ExecCredential>> {
    const { entry, file, environment, timeoutMillis = TIME_LIMIT } = this.#setup
    const command = commandPath(entry.command, file)
    const end = await runPlugin({ command, args: entry.args ?? [], environment, timeoutMillis })
    const printed = whatItPrinted(end, entry)
    if (!printed.ok) return printed
    const credential = parseExecCredential(printed.value, entry.command, entry.apiVersion)
    if (credential.ok) this.#kept = credential.value
    return credential
  }
}

function whyUnsupported(entry: ExecEntry) {
  const refuse = (why: string, next: string) => problem('kubeconfig_field_unsupported', plainText(why), next)
  if (!SUPPORTED.includes(entry.apiVersion))
    return refuse(
      `The credential plugin ${entry.command} speaks ${entry.apiVersion}, which is not supported.`,
      'Update the plugin and its kubeconfig entry to client.authentication.k8s.io/v1.',
    )
  if (entry.interactiveMode === 'Always')
    return refuse(
      `The credential plugin ${entry.command} wants a terminal (\`interactiveMode: Always\`), and there is none to give.`,
      'Use a plugin or a login that works without questions, and set `interactiveMode: IfAvailable`.',
    )
  return undefined
}

const commandPath = (command: string, file: string): string =>
  /[/\\]/.test(command) && !isAbsolute(command) ? resolve(dirname(file), command) : command

function whatItPrinted(end: PluginEnd, { command, installHint }: ExecEntry): Result<string> {
  if (end.kind === 'exited' && end.code === 0) return ok(end.stdout)
  const [why, next] = explain(end, command)
  return failed(
    credentialFailed(
      `The credential plugin ${command} ${why}.`,
      plainText(installHint && end.kind === 'not_started' ? installHint : next),
    ),
  )
}

function explain(end: PluginEnd, command: string): readonly [why: string, next: string] {
  const byHand = `Run \`${command}\` by hand (log in again if it says so). It gets only PATH, HOME and the like: what else it needs goes into \`env\` of its kubeconfig entry.`
  switch (end.kind) {
    case 'not_started':
      return [
        `could not be started (${end.code})`,
        `Install ${command}, or correct \`exec.command\` in the kubeconfig.`,
      ]
    case 'timed_out':
      return ['did not answer in time and was ended', byHand]
    case 'too_much':
      return ['printed more than a credential and was ended', byHand]
    case 'exited':
      return [
        `ended with exit code ${end.code ?? 'none (killed)'}: ${plainText(end.stderr) || 'it said nothing'}`,
        byHand,
      ]
  }
}

const pick = <Value>(result: Result<ExecCredential>, field: (credential: ExecCredential) => Value): Result<Value> =>
  result.ok ? ok(field(result.value)) : result
