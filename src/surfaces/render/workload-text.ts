import { workloadPath, type WorkloadRef } from '../../model/workload.ts'
import { plainText } from '../../model/plain-text.ts'

/** `shop deployment/web`: namespace and workload as a person types them. */
export const workloadText = (ref: WorkloadRef): string =>
  `${plainText(ref.namespace, 63)} ${plainText(workloadPath(ref), 120)}`
