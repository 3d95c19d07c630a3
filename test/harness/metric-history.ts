/** What a container used: a constant, or a base with a daily wave and one spike. In cores or bytes. */
export type Usage =
  | number
  | {
      readonly base: number
      /** As a part of the base: 0.5 swings between half and one and a half times the base. */
      readonly wave?: number
      readonly spike?: { readonly secondsBefore: number; readonly seconds: number; readonly value: number }
    }

export interface ContainerHistory {
  readonly name: string
  readonly cores: Usage
  readonly memoryBytes: Usage
  readonly requests?: { readonly cpu?: number; readonly memory?: number }
  readonly limits?: { readonly cpu?: number; readonly memory?: number }
  readonly oomKilled?: boolean
}

/** Who a pod belongs to, and who that one belongs to in turn. */
export interface OwnerHistory {
  readonly kind: string
  readonly name: string
  readonly owner?: OwnerHistory
}

export interface PodHistory {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly node?: string
  readonly phase?: string
  readonly owner: OwnerHistory
  readonly containers: readonly ContainerHistory[]
}

export interface MetricHistory {
  /** The last moment that is recorded, in seconds since the epoch. */
  readonly until: number
  readonly hours: number
  readonly stepSeconds?: number
  readonly pods: readonly PodHistory[]
}

type Labels = Readonly<Record<string, string>>
type Samples = (write: (seconds: number, value: number) => void) => void

const KUBE_STATE_METRICS = { job: 'kube-state-metrics', instance: 'ksm:8080' }

/** OpenMetrics text of all that kubelet and kube-state-metrics would have recorded about these pods. Nothing in it is random. */
export function metricHistory(history: MetricHistory): string {
  const families = new Families()
  const constant = always(history)
  for (const node of nodesOf(history)) {
    const labels = { job: 'kubelet', instance: `${node}:10250`, node }
    families.add('machine_memory_bytes', labels, constant(32 * 2 ** 30))
    families.add('machine_cpu_cores', labels, constant(8))
  }
  for (const [metric, labels] of ownersOf(history)) families.add(metric, labels, constant(1))
  for (const pod of history.pods) {
    addPod(families, pod, constant)
    for (const container of pod.containers) addContainer(families, { pod, container }, history)
  }
  return families.text()
}

class Families {
  readonly #series = new Map<string, string[]>()

  add(metric: string, labels: Labels, samples: Samples): void {
    const name = `${metric}{${Object.entries(labels)
      .map(([key, value]) => `${key}="${value}"`)
      .join(',')}}`
    const lines = this.#series.get(metric) ?? []
    samples((seconds, value) => lines.push(`${name} ${value} ${seconds.toFixed(3)}`))
    this.#series.set(metric, lines)
  }

  text(): string {
    const families = [...this.#series].map(([metric, lines]) => {
      const type = metric.endsWith('_total') ? `${metric.slice(0, -'_total'.length)} counter` : `${metric} gauge`
      return `# TYPE ${type}\n${lines.join('\n')}\n`
    })
    return `${families.join('')}# EOF\n`
  }
}

/** One sample in 150 s is enough for what does not change: it stays within Prometheus' look-back of five minutes. */
function always({ until, hours }: MetricHistory): (value: number) => Samples {
  return (value) => (write) => {
    for (let seconds = until - hours * 3600; seconds < until; seconds += 150) write(seconds, value)
    write(until, value)
  }
}

function addPod(families: Families, pod: PodHistory, constant: (value: number) => Samples): void {
  const { namespace, name, uid, owner, node = 'node-a', phase = 'Running' } = pod
  const labels = { ...KUBE_STATE_METRICS, namespace, pod: name, uid }
  const createdBy = { created_by_kind: owner.kind, created_by_name: owner.name }
  families.add('kube_pod_info', { ...labels, node, ...createdBy }, constant(1))
  families.add('kube_pod_owner', { ...labels, ...ownerLabels(owner) }, constant(1))
  for (const one of new Set(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown', phase])) {
    families.add('kube_pod_status_phase', { ...labels, phase: one }, constant(one === phase ? 1 : 0))
  }
}

function addContainer(
  families: Families,
  { pod, container }: { readonly pod: PodHistory; readonly container: ContainerHistory },
  history: MetricHistory,
): void {
  const { namespace, name, uid, node = 'node-a' } = pod
  const constant = always(history)
  const recorded = {
    namespace,
    pod: name,
    container: container.name,
    id: `/kubepods/pod${uid}/${container.name}`,
    image: `registry.example/${container.name}:1`,
    name: `${name}-${container.name}`,
    job: 'kubelet',
    instance: `${node}:10250`,
    metrics_path: '/metrics/cadvisor',
    node,
  }
  families.add('container_cpu_usage_seconds_total', { ...recorded, cpu: 'total' }, counted(container.cores, history))
  families.add('container_memory_working_set_bytes', recorded, measured(container.memoryBytes, history))
  const labels = { ...KUBE_STATE_METRICS, namespace, pod: name, uid, container: container.name }
  for (const kind of ['requests', 'limits'] as const) {
    for (const [resource, value] of Object.entries(container[kind] ?? {})) {
      const unit = resource === 'cpu' ? 'core' : 'byte'
      families.add(`kube_pod_container_resource_${kind}`, { ...labels, node, resource, unit }, constant(value))
    }
  }
  if (container.oomKilled === true) {
    const reason = { ...labels, reason: 'OOMKilled' }
    families.add('kube_pod_container_status_last_terminated_reason', reason, constant(1))
  }
}

function measured(usage: Usage, { until, hours, stepSeconds = 30 }: MetricHistory): Samples {
  return (write) => {
    for (let seconds = until - hours * 3600; seconds <= until; seconds += stepSeconds) {
      write(seconds, Math.round(usageAt(usage, seconds, until)))
    }
  }
}

/** A counter whose rate over any two samples is the usage: exactly, where the usage is constant. */
function counted(usage: Usage, { until, hours, stepSeconds = 30 }: MetricHistory): Samples {
  return (write) => {
    let total = 0
    for (let seconds = until - hours * 3600; seconds <= until; seconds += stepSeconds) {
      write(seconds, total)
      total += usageAt(usage, seconds, until) * stepSeconds
    }
  }
}

function usageAt(usage: Usage, seconds: number, until: number): number {
  if (typeof usage === 'number') return usage
  const { base, wave = 0, spike } = usage
  if (spike !== undefined) {
    const start = until - spike.secondsBefore
    if (seconds >= start && seconds < start + spike.seconds) return spike.value
  }
  return base * (1 + wave * Math.sin((seconds / 86_400) * 2 * Math.PI))
}

function nodesOf({ pods }: MetricHistory): ReadonlySet<string> {
  return new Set(pods.map(({ node = 'node-a' }) => node))
}

const OWNER_METRICS: Readonly<Record<string, readonly [metric: string, label: string]>> = {
  ReplicaSet: ['kube_replicaset_owner', 'replicaset'],
  ReplicationController: ['kube_replicationcontroller_owner', 'replicationcontroller'],
  Job: ['kube_job_owner', 'job_name'],
}

/** One series for each owner that has an owner itself, whatever number of pods it has. */
function ownersOf({ pods }: MetricHistory): readonly (readonly [metric: string, labels: Labels])[] {
  const found = new Map<string, readonly [string, Labels]>()
  for (const { namespace, owner } of pods) {
    const [metric, label] = OWNER_METRICS[owner.kind] ?? []
    if (owner.owner === undefined || metric === undefined || label === undefined) continue
    const labels = { ...KUBE_STATE_METRICS, namespace, [label]: owner.name, ...ownerLabels(owner.owner) }
    found.set(`${owner.kind} ${namespace}/${owner.name}`, [metric, labels])
  }
  return [...found.values()]
}

function ownerLabels({ kind, name }: OwnerHistory): Labels {
  return { owner_kind: kind, owner_name: name, owner_is_controller: 'true' }
}
