import { MEBIBYTE } from '../../model/quantity.ts'
import type { Backtest, ShareOfPoints, UsageDetails } from '../../model/usage-history.ts'

/** What a container lived through, a sentence each; nothing is said of what the metrics do not say. */
export function detailSentences(details: UsageDetails): readonly string[] {
  const { rawPeakMemory, throttledShare, oomKilled, restarts } = details
  return [
    ...(rawPeakMemory === null ? [] : [`highest memory sample of all: ${mebibytes(rawPeakMemory)}`]),
    ...(throttledShare === null ? [] : [`throttled in up to ${percent(throttledShare)} of its CPU periods in an hour`]),
    ...(oomKilled === null ? [] : [oomKilled === 0 ? 'no OOM kill seen' : `OOM-killed: ${counted(oomKilled, 'pod')}`]),
    ...(restarts === null ? [] : [restarts === 0 ? 'no restart' : counted(restarts, 'restart')]),
  ]
}

/** `memory would have been over the recommended limit at 0 of 40,320 points`. */
export function backtestSentences(backtest: Backtest): readonly string[] {
  const said = (share: ShareOfPoints | null, what: string): readonly string[] =>
    share === null ? [] : [`${what} at ${share.over} of ${share.points} points (${percent(share.over / share.points)})`]
  return [
    ...said(backtest.cpuOverRequest, 'CPU would have been over the recommended request'),
    ...said(backtest.memoryOverRequest, 'memory would have been over the recommended request'),
    ...said(backtest.memoryOverLimit, 'memory would have been over the recommended limit'),
  ]
}

const mebibytes = (bytes: number): string => `${Number((bytes / MEBIBYTE).toFixed(1))} MiB`
function percent(share: number): string {
  const value = share * 100
  // Never "0 %" for what did happen.
  if (value > 0 && value < 0.01) return 'less than 0.01 %'
  return `${Number(value.toFixed(value < 1 ? 2 : 1))} %`
}
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
