import type { Info, KrrWarning, RecommendedPair, Severity } from '../../model/recommendation.ts'
import type { WorkloadKind } from '../../model/workload.ts'

type Unset = number | null | '?'
interface JsonAllocation {
  readonly cpu: Unset
  readonly memory: Unset
}
interface JsonAutoscaler {
  readonly min_replicas: number | null
  readonly max_replicas: number | null
  readonly current_replicas: number | null
  readonly desired_replicas: number | null
  readonly target_cpu_utilization_percentage: number | null
  readonly target_memory_utilization_percentage: number | null
}

/** What of krr's JSON is used here, in krr's own words and units (cores and bytes). */
export interface KrrJson {
  readonly scans: readonly KrrJsonScan[]
  readonly score: number
  readonly errors: readonly { readonly name: string; readonly retry_after?: string | undefined }[]
  readonly clusterSummary: Readonly<Record<string, number>>
  readonly config?: { readonly inside_cluster?: boolean | undefined } | null | undefined
}
export interface KrrJsonScan {
  readonly object: {
    readonly name: string
    readonly container: string
    readonly namespace: string
    readonly kind: WorkloadKind
    readonly pods: readonly { readonly name: string; readonly deleted: boolean }[]
    readonly hpa: JsonAutoscaler | null
    readonly allocations: { readonly requests: JsonAllocation; readonly limits: JsonAllocation }
    readonly warnings: readonly KrrWarning[]
    readonly labels?: Readonly<Record<string, string>> | null | undefined
  }
  readonly recommended: {
    readonly requests: RecommendedPair
    readonly limits: RecommendedPair
    readonly info: { readonly cpu: Info; readonly memory: Info }
  }
  readonly severity: Severity
}
