import type { ScanRequest } from '../../../app/agent/scan.ts'
import type { Scope } from '../../../model/observation.ts'
import type { StrategyName } from '../../../model/strategy.ts'
import { readSettings } from '../scan-settings.ts'
import type { ScanFlags } from './scan-flags.ts'

const GROUP_LIMIT = 500
const PAGE = 500
const MANY_PAGES = 100_000

/** What the flags ask for. What they may be is judged by the use-case, as for every other door. */
export function requestOf(flags: ScanFlags, fixed: StrategyName | undefined): ScanRequest {
  const { strategy, at, maxWorkers } = flags
  // Its choices were checked by the parser: they are made of the names.
  const named = strategy?.replaceAll('-', '_') as StrategyName | undefined
  return {
    scope: scopeOf(flags),
    strategy: fixed ?? named ?? 'simple',
    settings: readSettings(flags),
    ...(at === undefined ? {} : { at }),
    ...(maxWorkers === undefined ? {} : { concurrency: maxWorkers }),
  }
}

function scopeOf(flags: ScanFlags): Scope {
  const { namespace = [], excludeNamespace, resource = [], selector, workload, container, compat } = flags
  return {
    namespaces: namespace,
    kinds: resource,
    ...(excludeNamespace === undefined ? {} : { excludeNamespaces: excludeNamespace }),
    ...(selector === undefined ? {} : { selector }),
    ...(workload === undefined ? {} : { workloads: workload }),
    ...(container === undefined ? {} : { containers: container }),
    ...jobsOf(flags),
    ...(compat === undefined ? {} : { compat }),
  }
}

type Jobs = Pick<Scope, 'jobGrouping' | 'jobPages'>
function jobsOf(flags: ScanFlags): Jobs {
  const { jobGroupingLabels, jobGroupingLimit = GROUP_LIMIT, discoveryJobBatchSize, discoveryJobMaxBatches } = flags
  const labels = (jobGroupingLabels ?? '').split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()]))
  const paged = discoveryJobBatchSize !== undefined || discoveryJobMaxBatches !== undefined
  return {
    ...(labels.length === 0 ? {} : { jobGrouping: { labels, limit: jobGroupingLimit } }),
    ...(paged ? { jobPages: { size: discoveryJobBatchSize ?? PAGE, most: discoveryJobMaxBatches ?? MANY_PAGES } } : {}),
  }
}
