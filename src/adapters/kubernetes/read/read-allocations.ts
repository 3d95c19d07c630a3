import type { Json } from '../../../model/json.ts'
import type { Allocated, Allocation, Allocations } from '../../../model/observation.ts'
import { bytes, cores, krrReadsQuantity, parseQuantity } from '../../../model/quantity.ts'
import { objectAt } from './json-view.ts'

/** A container's requests and limits, as krr takes them: absent = null, no quantity = '?'. */
export const readAllocations = (container: Json): Allocations => ({
  requests: allocation(objectAt(container, 'resources', 'requests')),
  limits: allocation(objectAt(container, 'resources', 'limits')),
})

/** Can krr read all of them? It ends its whole scan over one that it cannot. */
export function krrReadsAllocations(container: Json): boolean {
  const lists = [objectAt(container, 'resources', 'requests'), objectAt(container, 'resources', 'limits')]
  return lists.flatMap(({ cpu, memory }) => [cpu, memory]).every((one) => one === undefined || krrReads(one))
}
const krrReads = (quantity: Json): boolean =>
  quantity === null || ((typeof quantity === 'string' || typeof quantity === 'number') && krrReadsQuantity(quantity))

const allocation = ({ cpu, memory }: { readonly [name: string]: Json | undefined }): Allocation => ({
  cpu: allocated(cpu, cores),
  memory: allocated(memory, bytes),
})

function allocated<Unit extends number>(quantity: Json | undefined, unit: (value: number) => Unit): Allocated<Unit> {
  if (quantity === undefined || quantity === null) return null
  const value = typeof quantity === 'string' || typeof quantity === 'number' ? parseQuantity(quantity) : undefined
  return value === undefined ? '?' : unit(value)
}
