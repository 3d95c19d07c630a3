import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { controlPlaneBinaries } from './control-plane-binaries.ts'
import { prometheusBinaries } from './prometheus-binaries.ts'
import { temporaryDirectory } from './temporary-directory.ts'

let folder: string
beforeEach(async () => {
  const directory = await temporaryDirectory('binaries')
  folder = directory.path
  onTestFinished(directory.remove)
})

const program = async (...path: string[]): Promise<string> => {
  const file = join(folder, ...path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, '')
  await chmod(file, 0o755)
  return file
}

it('takes the control plane from KUBEBUILDER_ASSETS, and kubectl from wherever it is', async () => {
  const assets = join(folder, 'assets')
  for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])
    await program('assets', name)
  expect(await controlPlaneBinaries({ KUBEBUILDER_ASSETS: assets })).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('lacks kubectl'),
  })
  const kubectl = await program('elsewhere', 'kubectl')
  for (const env of [{ KUBECTL: kubectl }, { PATH: join(folder, 'elsewhere') }]) {
    const found = await controlPlaneBinaries({ KUBEBUILDER_ASSETS: assets, ...env })
    expect(found).toMatchObject({ kind: 'available', value: { etcd: join(assets, 'etcd'), kubectl } })
  }
})

it('names what KUBEBUILDER_ASSETS lacks, and does not look elsewhere', async () => {
  await program('etcd')
  expect(await controlPlaneBinaries({ KUBEBUILDER_ASSETS: folder, PATH: process.env['PATH'] })).toEqual({
    kind: 'unavailable',
    reason: `${folder} lacks kube-apiserver, kube-controller-manager, kube-scheduler`,
  })
})

it('says what to do where there is neither a control plane nor Go', async () => {
  expect(await controlPlaneBinaries({ XDG_CACHE_HOME: folder, PATH: folder })).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringMatching(/set KUBEBUILDER_ASSETS .* or install Go/),
  })
})

it('takes Prometheus from the path it is given, with promtool beside it, else from PATH', async () => {
  expect(await prometheusBinaries({ PATH: folder })).toMatchObject({
    reason: expect.stringContaining('apt-get install prometheus'),
  })
  const prometheus = await program('prometheus')
  expect(await prometheusBinaries({ PROMETHEUS: prometheus })).toMatchObject({
    reason: expect.stringContaining('promtool cannot be run'),
  })
  const promtool = await program('promtool')
  const found = { kind: 'available', value: { prometheus, promtool } }
  expect(await prometheusBinaries({ PROMETHEUS: prometheus })).toEqual(found)
  expect(await prometheusBinaries({ PATH: `/nowhere:${folder}` })).toEqual(found)
})
