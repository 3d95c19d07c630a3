import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findChromium } from './find-chromium.ts'

/** A suite that looks at pages in a real browser; skipped where there is none, and that is said. */
export async function describeBrowser(
  name: string,
  suite: (browser: () => Browser) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const found = await findChromium(env)
  if (found.kind === 'unavailable') {
    // Where the whole suite is the point, as in CI, a skip would look like a pass.
    if (env['KRR_MCP_REQUIRE_TESTBED'] === '1') {
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
