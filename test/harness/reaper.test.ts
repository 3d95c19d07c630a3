import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { processStartTime } from './process-start-time.ts'

it('ends what a test runner started, and removes its folder, when the runner is killed', async () => {
  const fixture = fileURLToPath(new URL('fixtures/start-and-wait.ts', import.meta.url))
  const runner = spawn(process.execPath, [fixture], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(runner.stdout, 'data')) as [Buffer]
  const { pid, path } = JSON.parse(line.toString()) as { pid: number; path: string }
  expect(processStartTime(pid)).toBeDefined()
  expect(existsSync(path)).toBe(true)

  runner.kill('SIGKILL')
  await expect.poll(() => processStartTime(pid), { timeout: 5_000 }).toBeUndefined()
  await expect.poll(() => existsSync(path), { timeout: 5_000 }).toBe(false)
})
