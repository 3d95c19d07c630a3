import { failed, ok, type Result } from '../../../model/result.ts'

const MOST = 10_000
const PART = /^(\d{1,6})(?:-(\d{1,6}))?$/

/** `1,3-5` → 1, 3, 4, 5. Nothing means all: an empty choice is an error. */
export function parseRows(text: string): Result<readonly number[], string> {
  const rows = new Set<number>()
  for (const part of text.split(',').map((each) => each.trim())) {
    const [, first, last = first] = PART.exec(part) ?? []
    if (first === undefined) return failed('It takes row numbers like 1,3-5; there is no choice that means "all".')
    const [from, to] = [Number(first), Number(last)]
    if (from < 1) return failed('Rows are counted from 1.')
    if (to < from) return failed(`${part} runs backwards.`)
    if (to - from >= MOST) return failed(`${part} is more than ${MOST} rows.`)
    for (let row = from; row <= to; row += 1) rows.add(row)
  }
  return ok([...rows].sort((a, b) => a - b))
}
