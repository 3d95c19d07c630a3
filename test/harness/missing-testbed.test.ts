import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from './temporary-directory.ts'

/** Runs the smoke test where there is neither a control plane, nor Go to build one, nor a Prometheus. */
async function runOnABareMachine(env: NodeJS.ProcessEnv) {
  const empty = await temporaryDirectory('bare')
  onTestFinished(empty.remove)
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'real', 'test/harness/smoke.real.test.ts']
  const bare = { PATH: empty.path, HOME: empty.path, XDG_CACHE_HOME: empty.path, NO_COLOR: '1', ...env }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env: bare, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

it('skips the suites that need the test bed, and says why once', { timeout: 60_000 }, async () => {
  const { status, output } = await runOnABareMachine({})
  expect(output.match(/suites that need it are skipped: no control plane on this machine/g)).toHaveLength(1)
  expect(output).toMatch(/Test Files +1 skipped/)
  expect(status).toBe(0)
})

it('fails instead where KRR_MCP_REQUIRE_TESTBED says that a skip is not a pass', { timeout: 60_000 }, async () => {
  const { status, output } = await runOnABareMachine({ KRR_MCP_REQUIRE_TESTBED: '1' })
  expect(output).toContain('KRR_MCP_REQUIRE_TESTBED=1, but: no control plane on this machine')
  expect(status).not.toBe(0)
})
