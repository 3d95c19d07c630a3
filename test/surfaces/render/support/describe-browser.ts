import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Availability } from '../../../harness/availability.ts'
import { findOnPath } from '../../../harness/find-on-path.ts'
import { isExecutable } from '../../../harness/is-executable.ts'

const WHAT_TO_DO = 'install it (`apt-get install chromium`), or set CHROMIUM to its path'

/** Chromium: from the path in CHROMIUM, else from PATH. */
async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Availability<string>> {
  const named = env['CHROMIUM']
  const file = named !== undefined && named !== '' ? named : await findOnPath('chromium', env)
  if (file === undefined) return { kind: 'unavailable', reason: `no chromium on PATH: ${WHAT_TO_DO}` }
  if (!(await isExecutable(file))) return { kind: 'unavailable', reason: `${file} cannot be run: ${WHAT_TO_DO}` }
  return { kind: 'available', value: file }
}

/** A suite that looks at pages in a real browser; skipped where there is none, and that is said. */
export async function describeBrowser(name: string, suite: (browser: () => Browser) => void): Promise<void> {
  const found = await findChromium()
  if (found.kind === 'unavailable') {
    // Where the whole suite is the point, as in CI, a skip would look like a pass.
    if (process.env['KRR_MCP_REQUIRE_TESTBED'] === '1') {
      throw new Error(`KRR_MCP_REQUIRE_TESTBED=1, but: ${found.reason}`)
    }
    process.stderr.write(`browser: suites that need it are skipped: ${found.reason}\n`)
    describe.skip(name, () => {})
    return
  }
  describe(name, () => {
    let browser: Browser
    beforeAll(async () => {
      // Chromium's sandbox does not work for root; these pages are our own.
      browser = await chromium.launch({ executablePath: found.value, chromiumSandbox: process.getuid?.() !== 0 })
    })
    afterAll(async () => await browser?.close())
    suite(() => browser)
  })
}
