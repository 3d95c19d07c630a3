import type { ClusterWriter, WriteAnswer } from '../../../executor/cluster-writer.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Failed, type Result } from '../../../model/result.ts'
import { isApprovedPlan, type ApprovedPlan } from '../../../safety/approval/approved-plan.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { openTransport } from '../http/open-transport.ts'
import { asDryRun } from '../http/request-query.ts'
import type { TransportOptions } from '../http/transport-options.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { whyNotTrusted } from './why-not-trusted.ts'
import { whyNotWritable } from './why-not-writable.ts'

export interface ConnectedWriter extends ClusterWriter {
  close(): Promise<void>
}

// A write must not go out on a connection that the server is just closing: nobody could tell whether it was taken.
const SHORT_LIVED = { keepAliveMillis: 1000 }

/** The only code that writes to a cluster: the bytes of one step of an approved plan, once, never again by itself. */
export function connectWriter(connection: ClusterConnection, options: TransportOptions = {}): ConnectedWriter {
  const transport = openTransport(connection, { ...SHORT_LIVED, ...options })
  const writer = new Writer(connection, transport)
  return {
    send: (plan, step, way) => writer.write({ plan, step, way }, (path) => path),
    rehearse: (plan, step, way) => writer.write({ plan, step, way }, asDryRun),
    close: () => transport.close(),
  }
}

interface Order {
  readonly plan: ApprovedPlan
  readonly step: number
  readonly way: 'do' | 'undo'
}

class Writer {
  readonly #connection: ClusterConnection
  readonly #transport: ApiTransport

  constructor(connection: ClusterConnection, transport: ApiTransport) {
    this.#connection = connection
    this.#transport = transport
  }

  async write({ plan, step, way }: Order, path: (frozen: string) => string): Promise<Result<WriteAnswer>> {
    // The type says so already; a cast or a value from a file would pass the type and not this.
    if (!isApprovedPlan(plan)) return refused('The value given is no approved plan.')
    const untrusted = whyNotTrusted(this.#connection)
    if (untrusted) return failed(untrusted)
    const chosen = plan.plan.steps.find((one) => one.step === step)
    if (!chosen) return refused(`The approved plan has no step ${step}.`)
    const frozen = way === 'do' ? chosen.request : chosen.undo
    const unwritable = whyNotWritable(frozen, chosen.target)
    if (unwritable !== undefined) return refused(`The request of step ${step} is not sent, because ${unwritable}.`)
    const { method, contentType, body } = frozen
    const answer = await this.#transport.send({ method, contentType, body, path: path(frozen.path) })
    if (!answer.ok) return answer
    return ok({ object: answer.value.body, auditId: answer.value.auditId, warnings: answer.value.warnings })
  }
}

const refused = (message: string): Failed<ReturnType<typeof problem>> =>
  failed(problem('request_refused_here', message, 'This is a bug; please report it. Nothing was sent.'))
