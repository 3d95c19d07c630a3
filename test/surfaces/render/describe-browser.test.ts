import { expect, it } from 'vitest'
import { describeBrowser } from './support/describe-browser.ts'
import { findChromium } from './support/find-chromium.ts'

it('says what to install where there is no browser', async () => {
  expect(await findChromium({ PATH: '/nowhere' })).toEqual({
    kind: 'unavailable',
    reason: 'no chromium on PATH: install it (`apt-get install chromium`), or set CHROMIUM to its path',
  })
  expect(await findChromium({ PATH: '/nowhere', CHROMIUM: process.execPath })).toMatchObject({ kind: 'available' })
})

it('fails instead of a skip where a skip is not a pass', async () => {
  const env = { CHROMIUM: '/nowhere/chromium', KRR_MCP_REQUIRE_TESTBED: '1' }
  await expect(describeBrowser('a suite', () => {}, env)).rejects.toThrow(
    'KRR_MCP_REQUIRE_TESTBED=1, but: /nowhere/chromium cannot be run: install it',
  )
})
