import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, inject, it } from 'vitest'
import { startControlPlane } from './start-control-plane.ts'

const binaries = inject('controlPlaneBinaries')

describe.skipIf(binaries.kind === 'unavailable')('a control plane that fails to start', () => {
  it('says which part ended, and leaves nothing behind', async () => {
    if (binaries.kind === 'unavailable') return
    const left = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('krr-mcp-control-plane-')).length
    const before = await left()
    // Node does not know an API server's options, and ends at once.
    const broken = { ...binaries.value, apiServer: process.execPath }
    await expect(startControlPlane(broken, { controllers: true })).rejects.toThrow(
      /^kube-apiserver ended \(exit code 9\)/,
    )
    expect(await left()).toBe(before)
  })
})
