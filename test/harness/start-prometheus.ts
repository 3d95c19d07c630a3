import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { request } from 'undici'
import { createBlocks } from './create-blocks.ts'
import { freePorts } from './free-ports.ts'
import type { PrometheusBinaries } from './prometheus-binaries.ts'
import { type StartedProcess, startProcess } from './start-process.ts'
import { stopAll } from './stop-all.ts'
import { temporaryDirectory } from './temporary-directory.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** What Prometheus is to know: blocks that promtool made (they are copied), or OpenMetrics text. */
export type PrometheusContent =
  | { readonly kind: 'blocks'; readonly directory: string }
  | { readonly kind: 'open_metrics'; readonly text: string }

export interface RunningPrometheus {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts a Prometheus that scrapes nothing and knows only this. */
export async function startPrometheus(
  binaries: PrometheusBinaries,
  content: PrometheusContent,
): Promise<RunningPrometheus> {
  const directory = await temporaryDirectory('prometheus')
  const running: StartedProcess[] = []
  const stop = async (): Promise<void> => await stopAll(running, directory)
  try {
    const data = join(directory.path, 'data')
    await fill(data, content, binaries)
    const [port] = (await freePorts(1)) as [number]
    running.push(await startServer(binaries, { directory: directory.path, data, port }))
    const url = `http://127.0.0.1:${port}`
    await waitUntilReady(running, async () => await answers(`${url}/-/ready`))
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(data: string, content: PrometheusContent, binaries: PrometheusBinaries): Promise<void> {
  // Copied, because Prometheus locks its folder and writes into it.
  if (content.kind === 'blocks') return await cp(content.directory, data, { recursive: true })
  await mkdir(data)
  const openMetricsFile = `${data}.om`
  await writeFile(openMetricsFile, content.text)
  await createBlocks(binaries, { openMetricsFile, into: data })
}

async function startServer(
  { prometheus }: PrometheusBinaries,
  place: { readonly directory: string; readonly data: string; readonly port: number },
): Promise<StartedProcess> {
  const config = join(place.directory, 'prometheus.yml')
  await writeFile(config, 'global: {}\n')
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${place.data}`,
    // A world may lie in the past; nothing of it may be deleted for its age.
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${place.port}`,
    '--log.level=warn',
  ]
  return await startProcess({ name: 'prometheus', file: prometheus, args, logFile: join(place.directory, 'log') })
}

async function answers(url: string): Promise<boolean> {
  const { statusCode, body } = await request(url)
  await body.dump()
  return statusCode === 200
}
