/**
 * What a report can do: sort, filter, open. All it needs stands in the page already, so that without it (or on paper) every
 * row and chart is there. It makes no markup out of text.
 */
export const PAGE_SCRIPT = `
'use strict'
document.documentElement.classList.add('js')
addEventListener('DOMContentLoaded', () => {
  const table = document.querySelector('table')
  const bodies = [...table.tBodies]
  const heads = [...table.tHead.rows[0].cells]
  const at = (id) => document.getElementById(id)
  const words = new Map(bodies.map((body) => [body, body.rows[0].textContent.toLowerCase()]))

  const open = (button, shown) => {
    button.setAttribute('aria-expanded', String(shown))
    at(button.getAttribute('aria-controls')).classList.toggle('shown', shown)
  }
  const buttons = [...table.querySelectorAll('button.open')]
  for (const button of buttons) {
    button.addEventListener('click', () => open(button, button.getAttribute('aria-expanded') !== 'true'))
  }
  at('all').addEventListener('click', () => {
    const shown = at('all').getAttribute('aria-pressed') !== 'true'
    at('all').setAttribute('aria-pressed', String(shown))
    for (const button of buttons) open(button, shown)
  })

  const filter = () => {
    const asked = at('text').value.toLowerCase().split(/\\s+/).filter(Boolean)
    const severity = at('severity').value
    const namespace = at('namespace').value
    let left = 0
    for (const body of bodies) {
      const fits =
        asked.every((word) => words.get(body).includes(word)) &&
        (severity === '' || body.dataset.severity === severity) &&
        (namespace === '' || body.dataset.namespace === namespace)
      body.classList.toggle('out', !fits)
      if (fits) left += 1
    }
    at('count').textContent = left === bodies.length ? bodies.length + ' rows' : left + ' of ' + bodies.length + ' rows'
  }
  for (const id of ['text', 'severity', 'namespace']) at(id).addEventListener('input', filter)
  filter()

  const collator = new Intl.Collator('en', { numeric: true })
  const key = (body, column) => body.rows[0].cells[column].dataset.k
  const sort = (column, up, numbers) => {
    const order = (a, b) => (numbers ? Number(a) - Number(b) : collator.compare(a, b)) * (up ? 1 : -1)
    const sorted = bodies.toSorted((x, y) => {
      const [a, b] = [key(x, column), key(y, column)]
      // What has no value stays below, whichever way.
      return a === '' || b === '' ? (a === '' ? 1 : 0) - (b === '' ? 1 : 0) : order(a, b)
    })
    table.append(...sorted)
  }
  for (const [column, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      // What matters first: names from a, numbers from the largest.
      const numbers = head.dataset.numbers === 'yes'
      const before = head.getAttribute('aria-sort')
      const up = before === 'none' ? !numbers : before === 'descending'
      for (const each of heads) if (each.hasAttribute('aria-sort')) each.setAttribute('aria-sort', 'none')
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending')
      sort(column, up, numbers)
    })
  }
})
`
