import { describe, expect, it } from 'vitest'
import { cpuText, memoryText } from '../../../src/surfaces/render/resource-text.ts'

describe('amounts', () => {
  it('of CPU are millicores below one core', () => {
    expect([0, 0.01, 0.0004, 0.244, 1, 1.916, 12.5, null, '?' as const].map(cpuText)).toEqual([
      '0m',
      '10m',
      '0.4m',
      '244m',
      '1',
      '1.916',
      '12.5',
      'unset',
      '?',
    ])
  })
  it('of memory have the unit that fits', () => {
    expect([0, 1000, 128 * 2 ** 20, 1.5 * 2 ** 30, 1e9, 4 * 2 ** 40, null, '?' as const].map(memoryText)).toEqual([
      '0',
      '1000',
      '128Mi',
      '1.5Gi',
      '954Mi',
      '4Ti',
      'unset',
      '?',
    ])
  })
})
