import type { CommonSettings } from '../../model/strategy.ts'
import type { PointCount } from '../usage/container-usage.ts'
import type { ResourceProposal } from './strategy.ts'
import { overWindow } from './words.ts'

/** What krr looks at before it computes anything for a resource. */
export interface Judged {
  readonly name: string
  readonly hasData: boolean
  readonly points: PointCount
  /** An autoscaler steers by the utilization of this resource. */
  readonly scaled: boolean
}

/** krr's reasons for no number, in krr's order; null where there is none. */
export function withheldBecause(
  { name, hasData, points, scaled }: Judged,
  settings: CommonSettings,
): ResourceProposal | null {
  if (!hasData) return no('No data', `withheld: the metrics have no ${name} usage ${overWindow(settings)}`)
  if (points.counted < points.required) {
    return no('Not enough data', `withheld: ${points.counted} points of ${name} usage, ${points.required} are required`)
  }
  if (!scaled || settings.allowHpa) return null
  return no(
    'HPA detected',
    `withheld: an autoscaler works on the ${name} utilization, which is relative to the request`,
  )
}

const no = (info: ResourceProposal['info'], basis: string): ResourceProposal => ({
  request: Number.NaN,
  limit: Number.NaN,
  info,
  basis,
})
