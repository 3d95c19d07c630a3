import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { cacheDirectory } from '../../../test/harness/cache-directory.ts'
import { withFileLock } from '../../../test/harness/with-file-lock.ts'
import type { Size } from '../sizes.ts'
import { buildBlockWriter } from './build-block-writer.ts'
import type { BenchWorkload } from './plan-cluster.ts'
import { seriesOfCluster } from './series-of-cluster.ts'

const run = promisify(execFile)

export interface ClusterBlocks {
  readonly folder: string
  readonly series: number
  readonly samples: number
}

/** The blocks of a cluster's Prometheus, made once per user and kind of world. */
export async function clusterBlocks(workloads: readonly BenchWorkload[], size: Size): Promise<ClusterBlocks> {
  const writer = await buildBlockWriter()
  const source = await readFile(new URL('series-of-cluster.ts', import.meta.url))
  const hash = createHash('sha256')
    .update(source)
    .update(JSON.stringify([workloads, size, writer.version]))
  const parent = join(cacheDirectory(), 'bench')
  const folder = join(parent, `${size.name}-${hash.digest('hex').slice(0, 12)}`)
  await mkdir(parent, { recursive: true })
  await withFileLock(`${folder}.lock`, async () => {
    if (
      await access(folder).then(
        () => true,
        () => false,
      )
    )
      return
    process.stderr.write(`bench: writing the blocks of ${size.name}, once\n`)
    const unfinished = await mkdtemp(join(parent, '.unfinished-'))
    const lines = join(unfinished, 'series.jsonl')
    await pipeline(Readable.from(textOf(workloads, size)), createWriteStream(lines))
    const { stdout } = await run(writer.file, [lines, join(unfinished, 'data')])
    await rm(lines)
    await writeFile(join(unfinished, 'counts.json'), stdout)
    await rename(unfinished, folder)
  })
  const counts = JSON.parse(await readFile(join(folder, 'counts.json'), 'utf8')) as Omit<ClusterBlocks, 'folder'>
  return { folder: join(folder, 'data'), ...counts }
}

function* textOf(workloads: readonly BenchWorkload[], size: Size): Generator<string> {
  for (const each of seriesOfCluster(workloads, size)) yield `${JSON.stringify(each)}\n`
}
