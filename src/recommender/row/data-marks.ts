import type { Mark, SeenSpan } from '../../model/recommendation.ts'
import { isoTime } from '../../model/time.ts'
import type { UnixSeconds } from '../../model/time.ts'
import { POD_OWNER_RULES } from '../discovery/pod-owner-rule.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { roughTime } from '../strategies/words.ts'
import type { ContainerUsage } from '../usage/container-usage.ts'
import { spanStep } from '../usage/usage-queries.ts'
import type { UsageNeeds } from '../usage/usage-needs.ts'

export interface Looked {
  readonly needs: UsageNeeds
  readonly at: UnixSeconds
}

/** What the data of a container is worth: how long, how dense, how fresh. Values are not touched by any of it. */
export function dataMarks(found: PodsOfContainer, usage: ContainerUsage, looked: Looked): readonly Mark[] {
  const { seen } = usage
  const marks = seen === undefined ? [] : [...spanMarks(found, seen, looked), ...freshness(found, seen, looked)]
  if (usage.duplicates) {
    marks.push({
      kind: 'duplicate_series',
      text: 'The metrics have this container more than once at the same time (replicas of Prometheus, or two scrapers): the highest value counts. Deduplicate, or choose one replica.',
    })
  }
  if (usage.perCpu) {
    marks.push({
      kind: 'per_cpu_series',
      text: 'CPU usage is kept per CPU here; like krr, the busiest CPU counts, not their sum: the CPU number is too low for what uses several.',
    })
  }
  return marks
}

const SHARE = 0.05
const DENSE = 0.9

function spanMarks({ container }: PodsOfContainer, seen: SeenSpan, { needs, at }: Looked): Mark[] {
  const { seconds, stepSeconds } = needs.window
  const coarse = spanStep(needs.window)
  const missing = seen.from - (at - seconds)
  const marks: Mark[] = []
  if (missing > Math.max(seconds * SHARE, 2 * coarse)) {
    const has = roughTime(at - seen.from)
    marks.push({
      kind: 'short_history',
      text: `The data begins ${isoTime(seen.from * 1000)}: ${has} instead of ${roughTime(seconds)}. A weekly or monthly peak may be missing.`,
    })
  }
  // Between its runs a job has no data, and nothing is missing.
  if (seen.covered < DENSE && POD_OWNER_RULES[container.kind].podOwner !== 'Job') {
    marks.push({
      kind: 'gaps',
      text: `Only ${Math.round(seen.covered * 100)} % of the time since ${isoTime(seen.from * 1000)} has data (looked at every ${roughTime(coarse)}): peaks may be missing.`,
    })
  }
  if (seen.scrapeSeconds !== null && seen.scrapeSeconds * 2 > stepSeconds) {
    marks.push({
      kind: 'sparse_scrapes',
      text: `A sample comes every ${seen.scrapeSeconds} s; a rate over ${stepSeconds} s needs two, so CPU has holes. Use --timeframe_duration ${Math.ceil((seen.scrapeSeconds * 2.5) / 60)}.`,
    })
  }
  return marks
}

/** For what runs now: a job that ran yesterday has no newer data to show. */
function freshness({ pods }: PodsOfContainer, seen: SeenSpan, { needs, at }: Looked): readonly Mark[] {
  const running = pods.some(({ deleted }) => !deleted)
  // What has a sample as of the scan was seen until the scan.
  if (!running || seen.to >= at) return []
  const looked = `looked at every ${roughTime(spanStep(needs.window))}`
  const text = `There is no sample as of the scan, though a pod runs; the last one was seen ${isoTime(seen.to * 1000)} (${looked}). See whether it is still scraped.`
  return [{ kind: 'old_data', text }]
}
