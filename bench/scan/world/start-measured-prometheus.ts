import { link, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { request } from 'undici'
import { freePorts } from '../../../test/harness/free-ports.ts'
import type { PrometheusBinaries } from '../../../test/harness/prometheus-binaries.ts'
import { startProcess, type StartedProcess } from '../../../test/harness/start-process.ts'
import { stopAll } from '../../../test/harness/stop-all.ts'
import { temporaryDirectory } from '../../../test/harness/temporary-directory.ts'
import { waitUntilReady } from '../../../test/harness/wait-until-ready.ts'

export interface MeasuredPrometheus {
  readonly url: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** A Prometheus on these blocks that does nothing but answer, so that its CPU time is that of the queries. */
export async function startMeasuredPrometheus(
  { prometheus }: PrometheusBinaries,
  blocks: string,
): Promise<MeasuredPrometheus> {
  const directory = await temporaryDirectory('bench-prometheus')
  const running: StartedProcess[] = []
  const stop = async (): Promise<void> => await stopAll(running, directory)
  try {
    const data = join(directory.path, 'data')
    await linkAll(blocks, data)
    const config = join(directory.path, 'prometheus.yml')
    await writeFile(config, 'global: {}\n')
    const [port] = (await freePorts(1)) as [number]
    const args = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      // Equal: blocks are not put together in the background.
      '--storage.tsdb.min-block-duration=2h',
      '--storage.tsdb.max-block-duration=2h',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ]
    const log = join(directory.path, 'log')
    const server = await startProcess({ name: 'prometheus', file: prometheus, args, logFile: log })
    running.push(server)
    const url = `http://127.0.0.1:${port}`
    await waitUntilReady(running, async () => {
      const { statusCode, body } = await request(`${url}/-/ready`)
      await body.dump()
      return statusCode === 200
    })
    return { url, pid: server.pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Prometheus never writes into a block, so that the files themselves can be shared. */
async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    await (entry.isDirectory() ? linkAll(source, target) : link(source, target))
  }
}
