import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '../../model/problem.ts'
import { failed, ok } from '../../model/result.ts'
import type { WorkerLauncher } from '../../ports/worker-launcher.ts'

export interface WorkerProgram {
  /** `bin/krr-mcp.js` of this very installation. */
  readonly program: string
  /** Flags that make the worker see the same cluster, policy and state directory; never a secret. */
  readonly flags: readonly string[]
  readonly stateDir: string
}

async function start(args: readonly string[], log: number): Promise<void> {
  // NODE_OPTIONS would let whoever set it load code into the process that writes.
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log], env })
  await once(child, 'spawn')
  child.unref()
}

/** The worker as a detached process of the same program: it goes on when the client, and with it the server, is closed. */
export function detachedWorker({ program, flags, stateDir }: WorkerProgram): WorkerLauncher {
  return {
    async launch(execution) {
      try {
        const log = openSync(join(stateDir, 'worker.log'), 'a', 0o600)
        try {
          await start([program, 'worker', execution, ...flags], log)
        } finally {
          // The worker has its own; a server that kept one per worker would run out of them.
          closeSync(log)
        }
        return ok(null)
      } catch (error) {
        const text = error instanceof Error ? error.message : 'unknown error'
        return failed(
          problem('api_error', `The worker could not be started: ${text}.`, `Run: krr-mcp worker ${execution}`),
        )
      }
    },
  }
}
