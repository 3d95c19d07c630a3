import { readdir } from 'node:fs/promises'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { startControlPlane } from './start-control-plane.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const binaries = inject('controlPlaneBinaries')

describe.skipIf(binaries.kind === 'unavailable')('a control plane that fails to start', () => {
  it('says which part ended, and leaves nothing behind', async () => {
    if (binaries.kind === 'unavailable') return
    const { path, remove } = await temporaryDirectory('broken')
    onTestFinished(remove)
    vi.stubEnv('TMPDIR', path)
    onTestFinished(() => void vi.unstubAllEnvs())
    // Node does not know an API server's options, and ends at once.
    const broken = { ...binaries.value, apiServer: process.execPath }
    await expect(startControlPlane(broken, { controllers: true })).rejects.toThrow(
      /^kube-apiserver ended \(exit code 9\)/,
    )
    expect(await readdir(path)).toEqual([])
  })
})
