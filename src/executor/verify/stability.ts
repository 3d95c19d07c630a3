import type { JsonObject } from '../../model/json.ts'
import { quoted, safeText } from '../../model/safe-text.ts'
import { conditionOf, countAt, nameOf, textAt, uidOf } from '../field.ts'
import { containerTroubles, type ContainerTrouble } from './container-troubles.ts'
import type { Expectation } from './expectation.ts'
import { fail, pass, wait, type Judged } from './judged.ts'
import type { Look } from './look.ts'
import { containerStatuses } from './pod-state.ts'
import { currentReplicaSet, currentRevision, podsOf } from './revision.ts'
import type { StepBaseline } from './step-baseline.ts'

/** A restart can be chance; the second one is a pattern. */
const RESTARTS_THAT_FAIL = 2
/** Reasons for which a container does not run. `RunContainerError` is also what a limit too small to start with looks like. */
const CRASHING = ['CrashLoopBackOff', 'RunContainerError', 'CreateContainerError', 'CreateContainerConfigError']
const NO_IMAGE_AT_ALL = ['InvalidImageName', 'ErrImageNeverPull']
/** May pass by itself: a registry or a node that is slow. */
const NO_IMAGE_YET = ['ErrImagePull', 'ImagePullBackOff', 'ImageInspectError', 'RegistryUnavailable']

interface Seen {
  readonly look: Look
  readonly pods: readonly JsonObject[]
  readonly troubles: readonly (ContainerTrouble & { readonly pod: string })[]
  readonly baseline: StepBaseline
}
type Rule = (seen: Seen) => Judged | undefined

// The most telling first: an OOM kill also restarts and loops, and a pod without its image also is not ready.
const RULES: readonly Rule[] = [oomKilled, crashing, failedCreate, noImage, restarted, imageLate, unschedulable]

/** Tier 4: nothing about the new revision's pods says that the change hurts. */
export function stability(look: Look, { baseline }: Expectation): Judged {
  const revision = currentRevision(look)
  const pods = revision ? podsOf(look, revision) : []
  const troubles = pods.flatMap((pod) => containerTroubles(pod).map((each) => ({ ...each, pod: nameOf(pod) })))
  const seen = { look, pods, troubles, baseline }
  for (const rule of RULES) {
    const judged = rule(seen)
    if (judged) return judged
  }
  return pass(['No OOM kill, crash loop or scheduling trouble.', ...remarks(seen)].join(' '))
}

const because = ({ message }: ContainerTrouble): string => (message === '' ? '' : `: ${quoted(message, 160)}`)

function oomKilled({ troubles }: Seen): Judged | undefined {
  const found = troubles.find(({ reason }) => reason === 'OOMKilled')
  return found && fail('oom_killed', `Container ${found.container} of ${found.pod} was OOM-killed.`, found.container)
}

function crashing({ troubles }: Seen): Judged | undefined {
  const found = troubles.find(({ reason }) => CRASHING.includes(reason))
  return (
    found &&
    fail(
      'crash_loop',
      `Container ${found.container} of ${found.pod} is in ${found.reason}${because(found)}.`,
      found.container,
    )
  )
}

/** Quota, LimitRange or an admission policy refuse the pods: said by the ReplicaSet, or by its Deployment before there is one. */
function failedCreate({ look }: Seen): Judged | undefined {
  const set = textAt(look.workload, ['kind']) === 'Deployment' ? currentReplicaSet(look) : undefined
  const condition = set && conditionOf(set, 'ReplicaFailure')
  if (condition?.['status'] !== 'True' || condition['reason'] !== 'FailedCreate') return undefined
  return fail('failed_create', `Its pods cannot be created: ${quoted(textAt(condition, ['message']) ?? '', 300)}.`)
}

function noImage({ troubles }: Seen): Judged | undefined {
  const found = troubles.find(({ reason }) => NO_IMAGE_AT_ALL.includes(reason))
  return found && fail('image_pull', `The image of container ${found.container} cannot be had: ${found.reason}.`)
}

function imageLate({ troubles }: Seen): Judged | undefined {
  const found = troubles.find(({ reason }) => NO_IMAGE_YET.includes(reason))
  return found && wait(`The image of container ${found.container} is not there: ${found.reason}.`, 'image_pull')
}

const restartsOf = (pod: JsonObject, baseline: StepBaseline): number =>
  containerStatuses(pod).reduce((sum, status) => {
    const before = baseline.restarts[`${uidOf(pod)}/${textAt(status, ['name'])}`] ?? 0
    return sum + Math.max(0, countAt(status, ['restartCount']) - before)
  }, 0)

const allRestarts = ({ pods, baseline }: Seen): number => pods.reduce((sum, pod) => sum + restartsOf(pod, baseline), 0)

function restarted(seen: Seen): Judged | undefined {
  const restarts = allRestarts(seen)
  return restarts >= RESTARTS_THAT_FAIL
    ? fail('restarts', `Containers of the new revision have restarted ${restarts} times since the change.`)
    : undefined
}

/** An autoscaler may add a node, an old pod may make room: only the deadline makes a failure of it. */
function unschedulable({ pods }: Seen): Judged | undefined {
  const found = pods.find((pod) => textAt(conditionOf(pod, 'PodScheduled'), ['reason']) === 'Unschedulable')
  if (!found) return undefined
  const message = textAt(conditionOf(found, 'PodScheduled'), ['message']) ?? ''
  return wait(`Pod ${nameOf(found)} cannot be scheduled: ${quoted(message, 200)}.`, 'unschedulable')
}

/** Worth saying, and not our doing: a node that ran short, a single restart. */
function remarks(seen: Seen): readonly string[] {
  const removed = seen.pods.filter((pod) => textAt(pod, ['status', 'phase']) === 'Failed')
  const restarts = allRestarts(seen)
  return [
    ...removed.map(
      (pod) => `Pod ${nameOf(pod)} ended as ${safeText(textAt(pod, ['status', 'reason']) ?? 'Failed', 40)}.`,
    ),
    ...(restarts > 0 ? [`${restarts} restart since the change.`] : []),
  ]
}
