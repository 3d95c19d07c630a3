import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { DEVIATION_WORDS, MARK_WORDS } from './mark-words.ts'
import { rowList } from './row-list.ts'

export interface Footnotes {
  /** `¹ ³`: what stands beside a row; empty where there is nothing to know. */
  readonly of: (row: ScanRow) => string
  /** `¹ short history: rows 3, 7`: a line per kind. */
  readonly lines: readonly string[]
}

/** What to know before trusting rows, and where they differ from krr on purpose: numbered in the order of the rows. */
export function footnotes(scan: Scan): Footnotes {
  const rowsOf = new Map<string, number[]>()
  for (const row of scan.rows)
    for (const words of wordsOf(row)) rowsOf.set(words, [...(rowsOf.get(words) ?? []), row.row])
  const numbers = new Map([...rowsOf.keys()].map((words, index) => [words, superscript(index + 1)]))
  const symbol = (words: string): string => numbers.get(words) ?? ''
  return {
    of: (row) => [...wordsOf(row)].map(symbol).join(' '),
    lines: [...rowsOf].map(([words, rows]) => `${symbol(words)} ${words}: ${rowList(rows)}`),
  }
}

const wordsOf = ({ marks, deviations }: ScanRow): ReadonlySet<string> =>
  new Set([
    ...marks.map(({ kind }) => MARK_WORDS[kind]),
    ...deviations.map((each) => `other than krr: ${DEVIATION_WORDS[each]}`),
  ])

const superscript = (value: number): string =>
  Array.from(String(value), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit).join('')
