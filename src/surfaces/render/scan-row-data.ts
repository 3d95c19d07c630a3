import type { Allocated } from '../../model/observation.ts'
import { MEBIBYTE } from '../../model/quantity.ts'
import type { Recommended, ScanRow, WithheldRow } from '../../model/recommendation.ts'
import { containerText } from './container-text.ts'
import { plainText } from '../../model/plain-text.ts'

type Amount = Allocated<number> | Recommended
/** Current and recommended, in the unit that the key names; null = not set, "?" = withheld. */
const change = (current: Amount, recommended: Amount, unit: number): readonly [unknown, unknown] => [
  inUnit(current, unit),
  inUnit(recommended, unit),
]
const inUnit = (value: Amount, unit: number): unknown =>
  typeof value === 'number' ? Math.round((value / unit) * 100) / 100 : value

const running = (row: ScanRow): number => row.pods.filter((pod) => !pod.deleted).length

/** One row of a scan for a model: names, units in the keys, `[current, recommended]`, and nothing that can be left out. */
export function scanRowData(row: ScanRow): Readonly<Record<string, unknown>> {
  const { requests, limits } = row.container.allocations
  const why = [row.info.cpu, row.info.memory].filter((each) => each !== null)
  return {
    row: row.row,
    namespace: plainText(row.container.namespace, 63),
    container: containerText(row.container),
    pods: running(row),
    severity: row.severity,
    cpu_request_millicores: change(requests.cpu, row.requests.cpu.value, 0.001),
    memory_request_mib: change(requests.memory, row.requests.memory.value, MEBIBYTE),
    cpu_limit_millicores: change(limits.cpu, row.limits.cpu.value, 0.001),
    memory_limit_mib: change(limits.memory, row.limits.memory.value, MEBIBYTE),
    ...(why.length > 0 ? { info: [...new Set(why)] } : {}),
    ...(row.marks.length > 0 ? { marks: row.marks.map(({ kind }) => kind) } : {}),
  }
}

export const withheldRowData = ({ row, container, reason }: WithheldRow): Readonly<Record<string, unknown>> => ({
  row,
  namespace: plainText(container.namespace, 63),
  container: containerText(container),
  withheld: plainText(reason, 300),
})

const difference = (current: Amount, recommended: Amount): number =>
  typeof current === 'number' && typeof recommended === 'number' ? Math.abs(current - recommended) : 0

/** How much a row would move over all its pods, to list the largest first. Four GiB weigh as much as one core, about what both cost. */
export function impact(row: ScanRow): number {
  const { requests } = row.container.allocations
  const cpu = difference(requests.cpu, row.requests.cpu.value)
  const memory = difference(requests.memory, row.requests.memory.value) / (4 * 1024 * MEBIBYTE)
  return (cpu + memory) * running(row)
}
