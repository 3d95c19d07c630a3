import { MEBIBYTE, parseQuantity } from '../../model/quantity.ts'
import type { ResourceName } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'

const HARD_TO_READ = /^\d{5,}m?$/

/** A quantity as the server has it; bytes that nobody can count also in MiB. */
export function quantityText(resource: ResourceName, text: string): string {
  const shown = quoted(text, 40)
  const value = resource === 'memory' && HARD_TO_READ.test(text) ? parseQuantity(text) : undefined
  return value === undefined ? shown : `${shown} (${Number((value / MEBIBYTE).toFixed(1))} MiB)`
}
