import { isoTime } from '../../../model/time.ts'
import type { UsageHistory } from '../../../model/usage-history.ts'
import { across, FRAME, yOf } from './chart-frame.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** Charts of the same time have the same axis: it is on the page once. */
export const axisId = ({ from, stepSeconds, cpu }: UsageHistory): string => `t${from}-${stepSeconds}-${cpu.length}`

/** Grid lines and the first and last moment, for each time that charts of the page are about. */
export function chartAxes(histories: Iterable<UsageHistory>): Markup {
  const byId = new Map([...histories].map((history) => [axisId(history), history]))
  return markup`<svg width="0" height="0" aria-hidden="true"><defs>${[...byId].map(
    ([id, history]) => markup`<g id="${id}">${axis(history)}</g>`,
  )}</defs></svg>`
}

function axis({ from, stepSeconds, cpu }: UsageHistory): Markup {
  const time = (index: number): string =>
    isoTime((from + index * stepSeconds) * 1000)
      .slice(5, 16)
      .replace('T', ' ')
  const lines = [0, 0.5, 1].map((share) => across(yOf(share, 1))).join('')
  const y = FRAME.height - 5
  return markup`<path class="grid" d="${lines}"/><text class="from" x="${FRAME.left}" y="${y}">${time(0)}</text><text x="${FRAME.width - FRAME.right}" y="${y}">${time(cpu.length - 1)}</text>`
}
