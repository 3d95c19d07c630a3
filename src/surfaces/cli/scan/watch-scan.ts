import type { ScanProgress } from '../../../recommender/scan-progress.ts'
import { liveView } from '../live-view.ts'

export interface ProgressOutput {
  readonly err: (text: string) => void
  /** Standard error is a terminal: the bar is drawn again and again. */
  readonly isTerminal: boolean
  readonly width: number
  /** Milliseconds; only differences count. */
  readonly now: () => number
}
export interface ScanWatch {
  readonly progress: (progress: ScanProgress) => void
  /** Takes the bar away. */
  end(): void
}

const BAR = 24
const LINE_EVERY_MS = 10_000

/** A bar with what is left on a terminal; where the output is kept, a line now and then. */
export function watchScan({ err, isTerminal, width, now }: ProgressOutput): ScanWatch {
  const began = now()
  const view = liveView(err, width)
  let told = began
  return {
    progress(progress) {
      const text = progressText(progress, now() - began)
      if (isTerminal) view.draw([text])
      else if (now() - told >= LINE_EVERY_MS) {
        told = now()
        err(`${text}\n`)
      }
    },
    end() {
      if (isTerminal) view.clear()
    },
  }
}

/** `scanning ████░░ 12 of 40 queries, about 8 s left`. */
export function progressText(progress: ScanProgress, elapsedMs: number): string {
  if (progress.phase === 'cluster') return 'scanning: reading the cluster'
  const { answered, expected } = progress
  const share = expected === 0 ? 0 : Math.min(1, answered / expected)
  const full = Math.round(share * BAR)
  const left = answered === 0 ? Number.NaN : (elapsedMs / answered) * (expected - answered)
  // The first answers are light ones: a guess from them would only grow.
  const eta = share < 0.1 || Number.isNaN(left) || left < 1000 ? '' : `, about ${Math.ceil(left / 1000)} s left`
  return `scanning ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${answered} of ${expected} queries${eta}`
}
