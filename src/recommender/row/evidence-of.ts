import type { EvidenceQuery, PodEvidence, Recommended, ResourceEvidence } from '../../model/recommendation.ts'
import type { UnixSeconds } from '../../model/time.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { matcher } from '../promql/matcher.ts'
import type { Minimums } from '../numbers/round-up.ts'
import type { Proposal } from '../strategies/strategy.ts'
import { percentileText } from '../strategies/words.ts'
import type { ChosenReading, ContainerUsage } from '../usage/container-usage.ts'
import type { UsageNeeds } from '../usage/usage-needs.ts'
import { usageQueries } from '../usage/usage-queries.ts'
import { ruleSentence } from './rule-sentence.ts'

export interface EvidenceInput {
  readonly found: PodsOfContainer
  readonly usage: ContainerUsage
  readonly proposal: Proposal
  readonly needs: UsageNeeds
  readonly minimums: Minimums
  readonly at: UnixSeconds
  /** Of the session: goes into every selector. */
  readonly clusterMatcher: string
}

/** Why the CPU request of a row is what it is. */
export function cpuEvidence(input: EvidenceInput, value: Recommended): ResourceEvidence {
  const { usage, needs, proposal } = input
  const queries = [
    ...cpuQuery(input),
    ...query(input, 'points of CPU usage per pod', usageQueries.cpuPoints),
    ...(needs.throttling
      ? query(input, 'share of its periods throttled, worst hour', usageQueries.throttledShare)
      : []),
  ]
  const rule = ruleSentence('cpu', { proposal: proposal.cpu, value }, input.minimums)
  return { ...common(input), queries, points: usage.cpuPoints, perPod: perPod(usage.cpu), rule }
}

function cpuQuery(input: EvidenceInput): readonly EvidenceQuery[] {
  const { cpu } = input.needs
  if (cpu.kind === 'quantile') {
    const purpose = `${percentileText(cpu.literal)} of CPU per pod, cores`
    return query(input, purpose, usageQueries.cpuQuantileOfGroups(cpu.literal))
  }
  const purpose = 'CPU usage per pod, cores: a range query at these steps (values per pod below are its highest point)'
  return query(input, purpose, (selector, { step }) => usageQueries.cpuRate(selector, step))
}

/** Why the memory request and limit of a row are what they are. */
export function memoryEvidence(input: EvidenceInput, value: Recommended): ResourceEvidence {
  const { usage, needs, proposal } = input
  const queries = [
    ...query(input, 'highest memory per pod, bytes', usageQueries.memoryPeak),
    ...query(input, 'points of memory usage per pod', usageQueries.memoryPoints),
  ]
  if (needs.oomLimits) {
    queries.push(...query(input, 'memory limits under which a container was killed, bytes', usageQueries.oomLimit))
  }
  const rule = ruleSentence('memory', { proposal: proposal.memory, value }, input.minimums)
  return { ...common(input), queries, points: usage.memoryPoints, perPod: perPod(usage.memory), rule }
}

type Common = Pick<ResourceEvidence, 'windowSeconds' | 'stepSeconds' | 'seen'>
const common = ({ needs, usage }: EvidenceInput): Common => ({
  windowSeconds: needs.window.seconds,
  stepSeconds: needs.window.stepSeconds,
  ...(usage.seen === undefined ? {} : { seen: usage.seen }),
})

const MOST_NAMES = 20
/** The scan asks for many containers at once; the same query for this one alone has the same rows, and can be pasted. */
function query(
  { found, needs, at, clusterMatcher }: EvidenceInput,
  purpose: string,
  of: (selector: string, window: UsageNeeds['window']) => string,
): readonly EvidenceQuery[] {
  const { container, pods } = found
  // Without a pod nothing was asked.
  if (pods.length === 0) return []
  const few = pods.length <= MOST_NAMES
  const matchers = [
    matcher('namespace', [container.namespace]),
    ...(few
      ? [
          matcher(
            'pod',
            pods.map((pod) => pod.name),
          ),
        ]
      : []),
    matcher('container', [container.container]),
  ]
  const note = few ? '' : ` (${pods.length} pods of this workload; other rows do not count)`
  return [{ purpose: `${purpose}${note}`, promql: of(matchers.join(', ') + clusterMatcher, needs.window), at }]
}

/** Only finite values: the evidence is kept as JSON, which has no others; the rule says so where one decided. */
const perPod = (readings: readonly ChosenReading[]): readonly PodEvidence[] =>
  readings
    .filter((reading) => Number.isFinite(reading.value))
    .map(({ pod, value, job, jobs }) => ({ pod, value, ...(jobs > 1 ? { job } : {}) }))
