import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Series } from './series.ts'

/** Writes OpenMetrics text for promtool; a family's series stand together, as the format wants. Says how many samples. */
export async function writeOpenMetrics(file: string, all: readonly Series[]): Promise<number> {
  const out = createWriteStream(file)
  let samples = 0
  for (const [metric, series] of Object.entries(Object.groupBy(all, (each) => each.metric))) {
    out.write(
      `# TYPE ${metric.endsWith('_total') ? `${metric.slice(0, -'_total'.length)} counter` : `${metric} gauge`}\n`,
    )
    for (const each of series ?? []) {
      let text = ''
      const name = `${metric}${labelsText(each.labels)}`
      for (const [at, value] of each.samples()) {
        text += `${name} ${valueText(value)} ${at.toFixed(3)}\n`
        samples += 1
      }
      if (!out.write(text)) await once(out, 'drain')
    }
  }
  out.end('# EOF\n')
  await once(out, 'finish')
  return samples
}

function labelsText(labels: Series['labels']): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
  return `{${pairs.join(',')}}`
}

function valueText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value)
  return value > 0 ? '+Inf' : '-Inf'
}
