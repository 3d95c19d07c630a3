import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export interface ReaperMessage {
  readonly kind: 'started' | 'ended' | 'made' | 'removed'
  readonly pid?: number
  readonly path?: string
}

let child: ChildProcessByStdio<Writable, null, null> | undefined

/** Tells the reaper what this process started or made, so that it ends with this process whatever happens to it. */
export function tellReaper(message: ReaperMessage): void {
  child ??= startReaper()
  child.stdin.write(`${JSON.stringify(message)}\n`)
}

function startReaper(): ChildProcessByStdio<Writable, null, null> {
  const started = spawn(process.execPath, [fileURLToPath(new URL('reaper-main.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a process group of its own: Ctrl-C must reach the runner and not the reaper.
    detached: true,
  })
  started.unref()
  const pipe = started.stdin as Writable & { unref?: () => void }
  pipe.unref?.()
  // Nothing may break a test because the reaper is gone.
  pipe.on('error', () => {})
  return started
}
