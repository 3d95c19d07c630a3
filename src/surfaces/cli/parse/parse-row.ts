import { failed, ok, type Result } from '../../../model/result.ts'

/** One row number. */
export const parseRow = (text: string): Result<number, string> =>
  /^[1-9]\d{0,5}$/.test(text.trim()) ? ok(Number(text)) : failed('It takes the number of a row, from 1.')
