import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { processStartTime } from './process-start-time.ts'
import { startProcess } from './start-process.ts'
import { temporaryDirectory } from './temporary-directory.ts'

async function start(script: string) {
  const directory = await temporaryDirectory('process')
  onTestFinished(directory.remove)
  const logFile = join(directory.path, 'log')
  return await startProcess({ name: 'server', file: process.execPath, args: ['--eval', script], logFile })
}

it('ends a process that does not want to', async () => {
  const server = await start('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)')
  expect(server.ended()).toBeUndefined()
  await server.stop()
  expect(processStartTime(server.pid)).toBeUndefined()
  await server.stop()
})

it('says why a process ended, with the end of its log', async () => {
  const server = await start('console.error("port is taken"); process.exit(3)')
  await expect.poll(() => server.ended()).toMatch(/^server ended \(exit code 3\):\nport is taken/)
})

it('gives a server nothing of the environment but what it needs', async () => {
  process.env['KRR_MCP_TEST_SECRET'] = 'hush'
  onTestFinished(() => void delete process.env['KRR_MCP_TEST_SECRET'])
  const server = await start('console.log(Object.keys(process.env).join(" ")); process.exit(0)')
  await expect.poll(() => server.ended()).toContain('PATH')
  expect(server.ended()).not.toContain('SECRET')
})
