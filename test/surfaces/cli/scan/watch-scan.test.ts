import { describe, expect, it } from 'vitest'
import type { ScanProgress } from '../../../../src/recommender/scan-progress.ts'
import { progressText, watchScan } from '../../../../src/surfaces/cli/scan/watch-scan.ts'

/** One line up, and everything from there on away. */
const BACK = '\u001b[1A\r\u001b[0J'
const metrics = (answered: number, expected: number): ScanProgress => ({ phase: 'metrics', answered, expected })

function watched(isTerminal: boolean) {
  let [now, written] = [0, '']
  const watch = watchScan({ err: (text) => void (written += text), isTerminal, width: 100, now: () => now })
  return {
    after(seconds: number, progress: ScanProgress) {
      now += seconds * 1000
      watch.progress(progress)
    },
    end: () => watch.end(),
    written: () => written,
  }
}

describe('where the output is kept', () => {
  it('is a plain line every ten seconds, and none for a scan that is quick', () => {
    const watch = watched(false)
    watch.after(0, { phase: 'cluster' })
    watch.after(9.9, metrics(4, 40))
    expect(watch.written()).toBe('')
    watch.after(0.1, metrics(5, 40))
    watch.after(5, metrics(8, 40))
    watch.after(5, metrics(10, 40))
    watch.end()
    expect(watch.written()).toBe(
      [
        'scanning ███░░░░░░░░░░░░░░░░░░░░░ 5 of 40 queries, about 70 s left',
        'scanning ██████░░░░░░░░░░░░░░░░░░ 10 of 40 queries, about 60 s left',
        '',
      ].join('\n'),
    )
  })

  it('has no escapes', () => {
    const watch = watched(false)
    watch.after(20, metrics(1, 2))
    watch.end()
    expect(watch.written()).not.toContain('\u001b')
  })
})

describe('on a terminal', () => {
  it('is one bar that is drawn in the place of the one before, and gone at the end', () => {
    const watch = watched(true)
    watch.after(0, { phase: 'cluster' })
    expect(watch.written()).toContain('scanning: reading the cluster\n')
    const before = watch.written()
    watch.after(0.1, metrics(1, 4))
    const second = watch.written().slice(before.length)
    expect(second.startsWith(BACK)).toBe(true)
    expect(second).toContain(`scanning ██████${'░'.repeat(18)} 1 of 4 queries`)
    const drawn = watch.written().length
    watch.end()
    expect(watch.written().slice(drawn)).toBe(BACK)
    watch.end()
    expect(watch.written().slice(drawn)).toBe(BACK)
  })
})

describe('what it says', () => {
  it.each<[string, ScanProgress, number, string]>([
    ['nothing of the time that is left before a tenth is done', metrics(3, 40), 9_000, '3 of 40 queries'],
    ['what is left, from what it took so far', metrics(10, 40), 10_000, '10 of 40 queries, about 30 s left'],
    ['nothing of less than a second', metrics(39, 40), 20_000, '39 of 40 queries'],
    ['no more than all, where there were more than expected', metrics(41, 40), 20_000, `${'█'.repeat(24)} 41 of 40`],
    ['nothing that is no number, before it is known how many there are', metrics(0, 0), 0, `${'░'.repeat(24)} 0 of 0`],
  ])('%s', (_what, progress, elapsed, expected) => {
    const text = progressText(progress, elapsed)
    expect(text).toContain(expected)
    expect(text).not.toMatch(/NaN|Infinity|-\d/)
    if (!expected.includes('left')) expect(text).not.toContain('left')
  })
})
