import type { Scan } from '../../../model/recommendation.ts'
import type { Footnotes } from '../footnotes.ts'
import { unscannedText } from '../unscanned-text.ts'
import { withheldText } from '../withheld-text.ts'
import { markup, NOTHING } from './markup.ts'
import type { Markup } from './markup.ts'

/** Under the table: what its marks mean, what was withheld and why, and what holds for the scan as a whole. */
export function reportNotes(scan: Scan, notes: Footnotes): Markup {
  const unread = scan.unread
    .filter(({ reason }) => reason !== 'not_served')
    .map(({ kind, message }) => `${kind} could not be read, so the scan is without it: ${message}`)
  const unbound =
    scan.binding.kind === 'unbound' ? [`Not tied to this cluster, so no plan can be made: ${scan.binding.reason}`] : []
  return markup`${part('Marks', notes.lines)}${part('Withheld', scan.withheld.map(withheldText))}${part('Notes', [
    ...unbound,
    ...unread,
    ...unscannedText(scan.unscanned),
    ...scan.notes,
  ])}`
}

const part = (title: string, lines: readonly string[]): Markup =>
  lines.length === 0
    ? NOTHING
    : markup`<section class="after"><h2>${title}</h2><ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul></section>`
