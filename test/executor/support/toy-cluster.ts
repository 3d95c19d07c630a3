import type { ClusterWriter, WriteAnswer } from '../../../src/executor/cluster-writer.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { problem, type Problem } from '../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { ObjectReader } from '../../../src/ports/cluster-reader.ts'
import { applyPatch, operationsOf } from '../../../src/safety/plan/json-patch.ts'
import { FINGERPRINT } from './plan-of.ts'
import { ToyDeployment, type Behaviour } from './toy-deployment.ts'

/** What goes wrong with one request. `arrives`: the cluster carries it out, and only the answer is lost. */
export interface Fault {
  readonly problem: Problem
  readonly arrives: boolean
}

export interface Request {
  readonly workload: string
  readonly way: 'do' | 'undo'
}

/** A cluster of Deployments in memory, by the controller's rules in small; everything that is written to it is counted. */
export interface ToyCluster {
  readonly objects: ObjectReader
  readonly writer: ClusterWriter
  /** Every request that was sent, dry runs aside. */
  readonly sent: readonly Request[]
  readonly deploy: (name: string, behaviour?: Behaviour, replicas?: number) => JsonObject
  readonly deployment: (name: string) => ToyDeployment
  /** Asked before each request that would write. */
  whenSending: (request: Request) => Fault | undefined
  whenRehearsing: () => Problem | undefined
  whenReading: () => Problem | undefined
}

export const LOST: Problem = problem('api_unreachable', 'The API server did not answer in time.', 'Check it.')
const REFUSED = problem('api_invalid', 'the server rejected our request due to an error in our request.', 'Scan again.')

export function toyCluster(clock: Clock): ToyCluster {
  const deployments = new Map<string, ToyDeployment>()
  const sent: Request[] = []
  const now = (): number => clock.now().monotonic
  const find = (name: string): Result<ToyDeployment> => {
    const trouble = cluster.whenReading()
    const found = deployments.get(name)
    if (trouble) return failed(trouble)
    return found ? ok(found) : failed(problem('api_not_found', `There is no ${name}.`, 'Scan again.'))
  }
  const answer = (object: JsonObject): Result<WriteAnswer> =>
    ok({ object, auditId: `audit-${sent.length}`, warnings: [] })

  const write: ClusterWriter['send'] = async (approved, number, way) => {
    const step = approved.plan.steps.find((each) => each.step === number)
    if (!step) throw new Error(`no step ${number}`)
    const request = { workload: step.target.name, way }
    const fault = cluster.whenSending(request)
    sent.push(request)
    if (fault && !fault.arrives) return failed(fault.problem)
    const deployment = cluster.deployment(step.target.name)
    const patched = applyPatch(deployment.object(now()), operationsOf(way === 'do' ? step.request : step.undo))
    if (patched.kind === 'refused') return failed(fault?.problem ?? REFUSED)
    deployment.store(patched.object, now())
    return fault ? failed(fault.problem) : answer(deployment.object(now()))
  }

  const cluster: ToyCluster = {
    sent,
    whenSending: () => undefined,
    whenRehearsing: () => undefined,
    whenReading: () => undefined,
    deploy(name, behaviour, replicas = 2) {
      const made = new ToyDeployment(name, { replicas, behaviour: behaviour ?? (() => 'fine') })
      deployments.set(name, made)
      return made.object(now())
    },
    deployment(name) {
      const found = deployments.get(name)
      if (!found) throw new Error(`no deployment ${name}`)
      return found
    },
    writer: {
      send: write,
      rehearse: async (approved, number) => {
        const trouble = cluster.whenRehearsing()
        const name = approved.plan.steps.find((each) => each.step === number)?.target.name ?? ''
        return trouble ? failed(trouble) : answer(cluster.deployment(name).object(now()))
      },
    },
    objects: {
      fingerprint: async () => ok(FINGERPRINT),
      workload: async ({ name }) => {
        const found = find(name)
        return found.ok ? ok(found.value.object(now())) : found
      },
      list: async ({ plural, labelSelector = '' }) => {
        const found = find(labelSelector.replace('app=', ''))
        if (!found.ok) return found
        return ok(plural === 'pods' ? found.value.pods(now()) : found.value.replicaSets())
      },
    },
  }
  return cluster
}
