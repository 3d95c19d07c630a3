import { plainText } from '../../../model/plain-text.ts'

const ITEM = /(\d{3}) \S+ "((?:[^"\\]|\\.)*)"/g
const MOST = 50

/** The texts of `Warning: 299 - "text"` headers; several may stand in one header, separated by commas. */
export function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(', ')
  const items = [...text.matchAll(ITEM)].filter(([, code]) => code === '299')
  return items.slice(0, MOST).map(([, , quoted = '']) => plainText(quoted.replaceAll(/\\(.)/g, '$1')))
}
