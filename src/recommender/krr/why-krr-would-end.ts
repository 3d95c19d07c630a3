import { plainText } from '../../model/plain-text.ts'
import type { ObservedContainer } from '../../model/observation.ts'
import { containerPath } from '../../model/workload.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'

/** krr ends its whole scan over one quantity that it cannot read (`100u`): said at once, with the container's name. */
export function whyKrrWouldEnd(containers: readonly ObservedContainer[]): KrrProblem | undefined {
  const unreadable = containers.find(({ deviations = [] }) => deviations.includes('exact_quantity'))
  if (!unreadable) return undefined
  const name = plainText(`${unreadable.namespace} ${containerPath(unreadable)}`, 200)
  return {
    reason: 'krr_failed',
    message: `krr would end its scan over ${name}: it cannot read the requests or limits that are set there`,
    next: 'use --engine native, or leave its namespace out of the scan',
  }
}
