import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** The package's own folder: some packages have further manifests below it, without a version. */
function packageFolder(module: string): string {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module) ?? []
  if (name === undefined) throw new Error(`no package holds ${module}`)
  return module.slice(0, module.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}`.length)
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const file = ['LICENSE', 'LICENSE.md', 'license'].map((each) => join(folder, each)).find((each) => existsSync(each))
  // Their licences ask that the text goes with every copy, and a bundle is one.
  if (file === undefined) throw new Error(`${name} is in the bundle and has no licence text in ${dirname(folder)}`)
  return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`
}

/** The licence texts of the packages that these modules come from. */
export function thirdPartyLicences(modules: readonly string[]): string {
  const theirs = modules.filter((each) => each.includes('/node_modules/'))
  const folders = [...new Set(theirs.map(packageFolder))].toSorted()
  return folders.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`)
}
