import { plainText } from '../../model/plain-text.ts'

const NEEDS_QUOTES = /[",\r\n]/
// What spreadsheets take for the beginning of a formula.
const FORMULA = /^[=+\-@]/

/** Lines of comma-separated values as RFC 4180 has them, each ended by CR LF. */
export const csvText = (lines: readonly (readonly string[])[]): string =>
  lines.map((cells) => `${cells.map(quotedCell).join(',')}\r\n`).join('')

const quotedCell = (cell: string): string => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/**
 * Text that others chose, as a cell. Why the apostrophe: a name like `=HYPERLINK(…)` would run in the spreadsheet that
 * opens the file. No name that Kubernetes allows begins so, and a context's name may; ours (`+15m`) are as krr has them.
 */
export function foreignCell(text: string): string {
  const plain = plainText(text, 253)
  return FORMULA.test(plain) ? `'${plain}` : plain
}
