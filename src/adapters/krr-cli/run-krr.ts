import type { KrrSettings } from './krr-settings.ts'
import { krrEnvironment } from './krr-environment.ts'
import type { KrrTarget } from './krr-arguments.ts'
import type { PrivateFolder } from './private-folder.ts'
import { runProgram } from './run-program.ts'
import type { ProgramEnd } from './run-program.ts'

/** One start of krr. */
export interface KrrRun {
  readonly settings: KrrSettings
  readonly folder: PrivateFolder
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

const GRACE_MS = 5000
const MOST_OUTPUT = 256 * 2 ** 20

/** Starts krr with these arguments and waits for its end, or makes it end. */
export async function runKrr(
  { settings, folder, timeoutMs, signal }: KrrRun,
  args: readonly string[],
): Promise<ProgramEnd> {
  const { command, environment } = settings
  return await runProgram({
    file: command.file,
    args: [...command.words, ...args],
    environment: krrEnvironment({ ours: environment, chosen: isChosen(settings), netrc: folder.netrc }),
    folder: folder.path,
    timeoutMs,
    graceMs: settings.graceMs ?? GRACE_MS,
    mostOutputBytes: settings.mostOutputBytes ?? MOST_OUTPUT,
    ...(signal ? { signal } : {}),
  })
}

/** Is it said which cluster is meant? */
export const isChosen = ({ kubeconfig, context }: KrrTarget): boolean =>
  kubeconfig !== undefined || context !== undefined
