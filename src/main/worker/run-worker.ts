import { pino } from 'pino'
import { connectWriter } from '../../adapters/kubernetes/write/connect-writer.ts'
import { runExecution } from '../../app/worker/run-execution.ts'
import type { ExecutionId } from '../../model/ids.ts'
import { ok } from '../../model/result.ts'
import { readOptions } from '../../surfaces/options/read-options.ts'
import { worker } from '../wire/actors.ts'
import { once } from '../wire/once.ts'
import { openApp, type OpenApp } from '../wire/open-app.ts'

// To stderr, as JSON, with ids and nothing that is secret; what happened is in the journal.
const log = pino({ base: { operation: 'worker', pid: process.pid } }, pino.destination(2))

async function carryOut(execution: ExecutionId, app: OpenApp): Promise<number> {
  const { pid, host } = worker()
  const writer = once(async () => {
    const connection = await app.connection()
    return connection.ok ? ok(connectWriter(connection.value)) : connection
  })
  const ended = await runExecution(execution, { ...app, writer, pid, host })
  const opened = await writer()
  if (opened.ok) await opened.value.close()
  if (ended.ok) log.info({ execution, status: ended.value }, 'execution ended')
  else log.error({ execution, reason: ended.problem.reason, why: ended.problem.message }, 'execution not carried out')
  return ended.ok ? 0 : 1
}

/** The process that writes: one execution, then it ends. */
export async function runWorker(argv: readonly string[]): Promise<number> {
  const read = readOptions(argv, process.env)
  const execution = read.ok ? read.value.positionals[0] : undefined
  if (!read.ok || execution === undefined) {
    log.error(read.ok ? 'a worker needs an execution id' : read.problem.message)
    return 2
  }
  const app = await openApp(read.value.options, worker())
  if (!app.ok) {
    log.error({ execution, reason: app.problem.reason, why: app.problem.message }, 'worker could not start')
    return 1
  }
  try {
    log.info({ execution }, 'worker started')
    return await carryOut(execution as ExecutionId, app.value)
  } finally {
    await app.value.close()
  }
}
