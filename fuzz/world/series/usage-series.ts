import { random, type Random } from '../../random.ts'
import type { OomPlan, UsagePlan, WorkloadPlan } from '../world-plan.ts'
import { constant, cpuCounter, workingSet } from './sampled.ts'
import type { Series, Span } from './series.ts'

const CPU = 'container_cpu_usage_seconds_total'
const MEMORY = 'container_memory_working_set_bytes'
const CADVISOR = { instance: '10.0.0.1:10250', metrics_path: '/metrics/cadvisor', node: 'n1', image: 'img' }

/** What cAdvisor, and for OOM kills kube-state-metrics, says about the containers of a workload. */
export function usageSeries(seed: number, plan: WorkloadPlan): readonly Series[] {
  const names = [...plan.containers.map(({ name }) => name), ...plan.extraContainers]
  return plan.generations.flatMap((generation) =>
    generation.pods.flatMap((pod) =>
      names.flatMap((container) => {
        const place = { namespace: plan.namespace, pod, container }
        const draw = random(`usage ${seed} ${plan.namespace}/${pod}/${container}`)
        return [
          ...containerSeries(draw, { place, span: generation }, plan.usage),
          ...oomSeries({ place, span: generation }, plan.usage.oomKills),
        ]
      }),
    ),
  )
}

interface Lived {
  readonly place: { readonly namespace: string; readonly pod: string; readonly container: string }
  readonly span: Span
}

function containerSeries(draw: Random, { place, span }: Lived, usage: UsagePlan): readonly Series[] {
  return usage.jobs.flatMap(({ name: job, part }, index) =>
    runsOf(draw.fork('runs'), partOf(span, part), usage.restarts).flatMap((run, number) => {
      const id = `/kubepods/${place.pod}/${place.container}/${number}`
      const labels = { ...CADVISOR, job, ...place, id, name: `${place.pod}-${place.container}-${number}` }
      const factor = 1 + index * 0.3
      return [
        ...cpuSeries(draw.fork(`${index} ${number}`), { labels, run, factor }, usage),
        ...memorySeries(draw.fork(`${index} ${number} memory`), { labels, run, factor }, usage),
      ]
    }),
  )
}

interface Run {
  readonly labels: Series['labels']
  readonly run: Span
  readonly factor: number
}
function cpuSeries(draw: Random, { labels, run, factor }: Run, usage: UsagePlan): readonly Series[] {
  if (usage.missing === 'cpu' || usage.missing === 'both') return []
  const { scraping, resets, poison } = usage
  return usage.cpus.map((cpu) => ({
    metric: CPU,
    labels: { ...labels, cpu },
    samples: () =>
      cpuCounter(draw.fork(cpu), run, {
        cores: usage.cores * factor,
        scraping,
        resets,
        ...(poison.cpu === undefined ? {} : { poison: poison.cpu }),
      }),
  }))
}
function memorySeries(draw: Random, { labels, run, factor }: Run, usage: UsagePlan): readonly Series[] {
  if (usage.missing === 'memory' || usage.missing === 'both') return []
  const { scraping, poison } = usage
  const memory = {
    bytes: usage.bytes * factor,
    scraping,
    ...(poison.memory === undefined ? {} : { poison: poison.memory }),
  }
  return [{ metric: MEMORY, labels, samples: () => workingSet(draw.fork('walk'), run, memory) }]
}

/** A restart begins a new series; the old one is visible for five more minutes, so that short pauses overlap. */
function runsOf(draw: Random, span: Span, restarts: UsagePlan['restarts']): readonly Span[] {
  const count = { none: 1, sequential: 2, overlapping: 2, many: 5 }[restarts]
  const pause = restarts === 'sequential' ? 400 : 45
  const cuts = Array.from({ length: count - 1 }, () => draw.real(0.1, 0.9)).toSorted((a, b) => a - b)
  const starts = [0, ...cuts].map((share) => span.from + (span.to - span.from) * share)
  return starts.map((start, index) => ({
    from: index === 0 ? start : start + pause,
    to: starts[index + 1] ?? span.to,
  }))
}

function oomSeries({ place, span }: Lived, oom: OomPlan | undefined): readonly Series[] {
  if (oom === undefined) return []
  const ksm = { job: 'kube-state-metrics', instance: 'ksm:8080', ...place }
  return [
    {
      metric: 'kube_pod_container_resource_limits',
      labels: { ...ksm, ...(oom.apart ? { job: 'another-ksm' } : {}), resource: 'memory', unit: 'byte', node: 'n1' },
      samples: () => constant(oom.limitBytes, span),
    },
    {
      metric: 'kube_pod_container_status_last_terminated_reason',
      labels: { ...ksm, reason: 'OOMKilled' },
      samples: () => constant(1, partOf(span, oom.part)),
    },
  ]
}

const partOf = ({ from, to }: Span, [start, end]: readonly [number, number]): Span => ({
  from: from + (to - from) * start,
  to: from + (to - from) * end,
})
