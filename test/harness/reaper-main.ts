// A process of its own that outlives a test runner which was killed: it learns on stdin what was started, and when stdin
// ends it ends what is left. An orphaned API server would otherwise wait for its etcd for ever.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { processStartTime } from './process-start-time.ts'
import type { ReaperMessage } from './reaper.ts'

const processes = new Map<number, string | undefined>()
const directories = new Set<string>()

const handlers = {
  started: (message: ReaperMessage) => processes.set(message.pid ?? -1, processStartTime(message.pid ?? -1)),
  ended: (message: ReaperMessage) => processes.delete(message.pid ?? -1),
  made: (message: ReaperMessage) => directories.add(message.path ?? ''),
  removed: (message: ReaperMessage) => directories.delete(message.path ?? ''),
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const message = JSON.parse(line) as ReaperMessage
  handlers[message.kind](message)
})
lines.on('close', () => {
  for (const [pid, startTime] of processes) {
    // The same number may be another process by now; its start time tells.
    if (startTime !== undefined && processStartTime(pid) === startTime) process.kill(pid, 'SIGKILL')
  }
  for (const path of directories) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
})
