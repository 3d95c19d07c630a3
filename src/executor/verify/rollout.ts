/** What kubectl's rollout rules say of a workload's status, as a clause. */
export interface Rollout {
  readonly kind: 'done' | 'wait' | 'failed'
  readonly message: string
}
