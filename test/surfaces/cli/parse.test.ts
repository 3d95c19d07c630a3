import { assert, integer, property, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFields } from '../../../src/surfaces/cli/parse/parse-fields.ts'
import { parseKind } from '../../../src/surfaces/cli/parse/parse-kind.ts'
import { parseNumber } from '../../../src/surfaces/cli/parse/parse-number.ts'
import { parseRow } from '../../../src/surfaces/cli/parse/parse-row.ts'
import { parseRows } from '../../../src/surfaces/cli/parse/parse-rows.ts'
import { parseTime } from '../../../src/surfaces/cli/parse/parse-time.ts'

const refused = { ok: false, problem: expect.any(String) }
const ok = (value: unknown) => ({ ok: true, value })

describe('rows', () => {
  it.each([
    ['1', [1]],
    ['1,3-5', [1, 3, 4, 5]],
    [' 7 , 2 ', [2, 7]],
    ['3-3', [3]],
    ['2,1-3,2', [1, 2, 3]],
  ])('%j are rows %j', (text, rows) => {
    expect(parseRows(text)).toEqual(ok(rows))
  })

  it.each([
    '',
    ' ',
    ',',
    '1,',
    'all',
    '*',
    '0',
    '0-2',
    '5-3',
    '1-',
    '-1',
    '1.5',
    '1e3',
    '1-999999',
    '１',
    '1;2',
    '1-2-3',
  ])('%j is refused: nothing is taken for "all"', (text) => {
    expect(parseRows(text)).toEqual(refused)
  })

  it('gives back what was written, in order and once', () => {
    assert(
      property(uniqueArray(integer({ min: 1, max: 999 }), { minLength: 1 }), (rows) => {
        expect(parseRows(rows.join(','))).toEqual(ok(rows.toSorted((a, b) => a - b)))
      }),
    )
  })
})

describe('one row', () => {
  it.each([
    ['1', 1],
    ['42', 42],
  ])('%j is row %j', (text, row) => {
    expect(parseRow(text)).toEqual(ok(row))
  })
  it.each(['', '0', '-1', '1.0', 'web', '01'])('%j is refused', (text) => {
    expect(parseRow(text)).toEqual(refused)
  })
})

describe('times', () => {
  it.each([
    ['1795000000', 1_795_000_000],
    ['1795000000.9', 1_795_000_000],
    ['0', 0],
    ['2026-11-24T13:00:00Z', 1_795_525_200],
    ['2026-11-24t13:00z', 1_795_525_200],
    ['2026-11-24T14:00:00+01:00', 1_795_525_200],
    ['2026-11-24T13:00:00.750Z', 1_795_525_200],
    ['2026-11-24', 1_795_478_400],
  ])('%j is %j', (text, seconds) => {
    expect(parseTime(text)).toEqual(ok(seconds))
  })

  it.each([
    '',
    'yesterday',
    '2026-11-24T13:00:00',
    '2026-11-24 13:00',
    '2026-13-01',
    '1795525200000',
    '-5',
    'NaN',
    '2026'.repeat(9),
  ])('%j is refused', (text) => {
    expect(parseTime(text)).toEqual(refused)
  })
})

describe('numbers', () => {
  it.each([
    ['1.25', 1.25],
    ['.5', 0.5],
    ['-1', -1],
    ['1e2', 100],
  ])('%j is %j', (text, value) => {
    expect(parseNumber(text)).toEqual(ok(value))
  })
  it.each(['', 'x', '0x10', 'NaN', 'Infinity', '1e999', '1,5', '--1'])('%j is refused', (text) => {
    expect(parseNumber(text)).toEqual(refused)
  })
})

describe('kinds and fields', () => {
  it('knows krr’s kinds in any case', () => {
    expect(parseKind('statefulset')).toEqual(ok('StatefulSet'))
    expect(parseKind('Pod')).toEqual(refused)
    expect(parseKind('*')).toEqual(refused)
  })

  it('takes fields with underscores or dashes, each once', () => {
    expect(parseFields('memory_requests, CPU-LIMITS,memory_requests')).toEqual(ok(['memory_requests', 'cpu_limits']))
  })
  it.each(['', ',', 'all', 'cpu', 'cpu_requests,', 'limits'])('%j is refused: nothing is taken for "all"', (text) => {
    expect(parseFields(text)).toEqual(refused)
  })
})
