import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this user keeps what the test bed builds once: binaries and generated worlds. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'krr-mcp-testbed')
}
