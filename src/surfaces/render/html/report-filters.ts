import type { Scan } from '../../../model/recommendation.ts'
import { plainText } from '../../../model/plain-text.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { SEVERITIES } from './report-totals.ts'

/** What narrows the table down; of use only with the script, which shows it. */
export function reportFilters(scan: Scan): Markup {
  // As the rows carry them, so that equal means equal.
  const namespaces = [...new Set(scan.rows.map(({ container }) => plainText(container.namespace, 4000)))].toSorted()
  const severities = SEVERITIES.filter((each) => scan.rows.some(({ severity }) => severity === each))
  return markup`<div class="filters" role="search"><label>Text <input id="text" type="search" autocomplete="off" placeholder="name, namespace, kind"></label><label>Severity <select id="severity"><option value="">all</option>${options(severities)}</select></label><label>Namespace <select id="namespace"><option value="">all</option>${options(namespaces)}</select></label><button id="all" type="button" aria-pressed="false">Open all</button><span id="count" role="status"></span></div>`
}

const options = (values: readonly string[]): readonly Markup[] =>
  values.map((value) => markup`<option value="${value}">${value}</option>`)
