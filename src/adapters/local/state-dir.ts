import { closeSync, constants, lstatSync, mkdirSync, openSync, type Stats } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'

export interface StateDir {
  readonly path: string
  readonly journalFile: string
}

/** One directory per user, whoever launches us: `--state-dir`, else $KRR_MCP_STATE_DIR, else the XDG state home. An empty variable says nothing. */
export function stateDirPath(given: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  const stateHome = env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return given ?? (env['KRR_MCP_STATE_DIR'] || join(stateHome, 'krr-mcp'))
}

const unsafe = (path: string, what: string): Result<never> =>
  failed(
    problem(
      'state_dir_unsafe',
      `The state directory ${path} ${what}, so the journal in it cannot be trusted.`,
      `Use a directory of your own: chmod 700 ${path}, or choose another with --state-dir.`,
    ),
  )

/** A directory or file that others could have prepared or can write to must not hold approvals. */
function whyUnsafe(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return 'is or holds a symbolic link'
  if (process.getuid && stats.uid !== process.getuid()) return 'belongs to another user'
  if ((stats.mode & 0o077) !== 0) return 'can be reached by other users'
  return undefined
}

/** Makes the directory (0700) and the journal's file (0600) when absent, and refuses what others could have touched. */
export function openStateDir(given: string): Result<StateDir> {
  if (!isAbsolute(given)) return unsafe(given, 'is not an absolute path')
  // With a slash at its end a symbolic link would be followed, and looked at as the directory it points to.
  const path = resolve(given)
  const journalFile = join(path, 'journal.db')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const directory = whyUnsafe(lstatSync(path))
    if (directory) return unsafe(path, directory)
    // Opened without following, before SQLite does: a link put there by another would redirect the journal.
    closeSync(openSync(journalFile, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600))
    const file = whyUnsafe(lstatSync(journalFile))
    return file ? unsafe(path, file) : ok({ path, journalFile })
  } catch (error) {
    return unsafe(path, `cannot be used (${error instanceof Error ? error.message : 'unknown error'})`)
  }
}
