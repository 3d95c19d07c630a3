import { existsSync, lstatSync, mkdirSync, type Stats } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

// Long after the first answer, and soon enough for a host that ends its servers with a signal, where nothing is kept at the end.
const KEPT_AFTER_MILLIS = 3_000

/** `$XDG_CACHE_HOME/krr-mcp`, else `~/.cache/krr-mcp`. A home that is not there is not made: accounts of services have none. */
function cacheDirectory(env: Env): string | undefined {
  const given = env['XDG_CACHE_HOME'] ?? ''
  // What is not absolute says nothing, by the XDG specification: it would mean another place in every directory.
  if (isAbsolute(given)) return join(given, 'krr-mcp')
  return existsSync(homedir()) ? join(homedir(), '.cache', 'krr-mcp') : undefined
}

// Node runs what it finds there without comparing it with the source: who can write to it can write the program.
const isOursAlone = (stats: Stats): boolean =>
  stats.isDirectory() && (stats.mode & 0o022) === 0 && (!process.getuid || stats.uid === process.getuid())

/** Lets Node keep the compiled form of what is loaded from now on for the next start. A cache that cannot be had is done without. */
export function keepCompiled(env: Env): void {
  try {
    const directory = cacheDirectory(env)
    if (directory === undefined) return
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (!isOursAlone(lstatSync(directory))) return
    enableCompileCache(directory)
    setTimeout(flushCompileCache, KEPT_AFTER_MILLIS).unref()
  } catch {
    // Read-only or full: the next start takes some milliseconds longer, and that is all.
  }
}
