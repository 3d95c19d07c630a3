import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheDirectory } from './cache-directory.ts'
import { createBlocks } from './create-blocks.ts'
import type { PrometheusBinaries } from './prometheus-binaries.ts'
import { withFileLock } from './with-file-lock.ts'

export interface GoldenWorldName {
  readonly world: 'two-days' | 'fortnight'
  /** krr's answers in test/golden/scans are for seed 1. */
  readonly seed: number
}

/** A world on disk: its objects, and the blocks of its Prometheus. */
export interface GoldenWorldFiles {
  readonly objectsFile: string
  readonly blocks: string
  /** When krr looked at it, in seconds since the epoch. */
  readonly evaluatedAt: number
}

const run = promisify(execFile)
const DATASET = fileURLToPath(new URL('../golden/dataset.mjs', import.meta.url))

/** Generates the world once per user, data set and promtool, and finds it again after that. */
export async function goldenWorldFiles(name: GoldenWorldName, binaries: PrometheusBinaries): Promise<GoldenWorldFiles> {
  const parent = join(cacheDirectory(), 'worlds')
  const folder = join(parent, `${name.world}-${name.seed}-${await key(binaries)}`)
  await mkdir(parent, { recursive: true })
  await withFileLock(`${folder}.lock`, async () => {
    if (!(await exists(folder))) await generate(name, { binaries, parent, folder })
  })
  const { evaluatedAt } = JSON.parse(await readFile(join(folder, 'world.json'), 'utf8')) as { evaluatedAt: number }
  return { objectsFile: join(folder, 'objects.json'), blocks: join(folder, 'data'), evaluatedAt }
}

async function generate(
  { world, seed }: GoldenWorldName,
  place: { readonly binaries: PrometheusBinaries; readonly parent: string; readonly folder: string },
): Promise<void> {
  const unfinished = await mkdtemp(join(place.parent, '.world-'))
  try {
    await run(process.execPath, [DATASET, '--world', world, '--seed', String(seed), '--out', unfinished])
    const openMetricsFile = join(unfinished, 'series.om')
    await createBlocks(place.binaries, { openMetricsFile, into: join(unfinished, 'data') })
    // Hundreds of megabytes that nobody reads again.
    await rm(openMetricsFile)
    await rename(unfinished, place.folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function key({ promtool }: PrometheusBinaries): Promise<string> {
  const { stdout, stderr } = await run(promtool, ['--version'])
  const hash = createHash('sha256')
    .update(await readFile(DATASET))
    .update(stdout + stderr)
  return hash.digest('hex').slice(0, 12)
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
