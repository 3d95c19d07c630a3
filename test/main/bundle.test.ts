import { cp, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputChunk } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBundle } from '../../scripts/bundle/make-bundle.ts'
import { startFiles } from '../../scripts/bundle/start-files.ts'
import { thirdPartyLicences } from '../../scripts/bundle/third-party.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'

const ROOT = join(import.meta.dirname, '../..')

let copy: TemporaryDirectory
let chunks: readonly OutputChunk[]
beforeAll(async () => {
  copy = await temporaryDirectory('bundle')
  await cp(join(ROOT, 'dist'), join(copy.path, 'dist'), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(copy.path, 'node_modules'))
  chunks = await makeBundle(join(copy.path, 'dist'))
}, 60_000)
afterAll(() => copy.remove())

const modules = (): string[] => chunks.flatMap(({ moduleIds }) => moduleIds)

// The import fence holds for sources; a bundle that mixed the programs would undo it.
test('what the model talks to is bundled without anything that writes or that only an operator may do', () => {
  const fenced =
    /\/dist\/(?:executor|safety\/approval|adapters\/kubernetes\/write|app\/(?:worker|operator)|main\/worker)\//
  expect(modules().some((id) => id.includes('/dist/app/agent/'))).toBe(true)
  expect(modules().filter((id) => fenced.test(id))).toEqual([])
})

test('of the packages only the SDK and zod are in the bundle, without their JSON schema validators', () => {
  const packages = modules().flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? [])
  const names = ['@modelcontextprotocol/core', '@modelcontextprotocol/server', 'zod']
  expect([...new Set(packages)].toSorted()).toEqual(names)
  expect(modules().filter((id) => /ajv|cfworker/i.test(id))).toEqual([])
})

test('whose code is in the bundle, their licences go with it', () => {
  const text = thirdPartyLicences(modules())
  expect(text.match(/^\S+ \d+\.\d+\.\d+ \(.+\)$/gm)?.map((line) => line.split(' ')[0])).toEqual([
    '@modelcontextprotocol/core',
    '@modelcontextprotocol/server',
    'zod',
  ])
  expect(text).toContain('Permission is hereby granted')
  expect(() => thirdPartyLicences([join(copy.path, 'node_modules/nowhere/index.js')])).toThrow()
})

test('what every start loads is ASCII, whatever its messages say', async () => {
  const texts = await Promise.all(
    startFiles(chunks).map(({ fileName }) => readFile(join(copy.path, 'dist/main/start', fileName), 'utf8')),
  )
  expect(texts.filter((text) => /[^\0-\x7f]/.test(text))).toEqual([])
  expect(texts.join('')).toContain(String.raw`\u2026`)
})
