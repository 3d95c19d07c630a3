import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStateDir } from '../../../../src/adapters/local/state-dir.ts'
import { systemClock } from '../../../../src/adapters/local/system-clock.ts'
import { systemRandomness } from '../../../../src/adapters/local/system-randomness.ts'
import { openDatabase } from '../../../../src/adapters/sqlite/database.ts'
import { sqliteEntryStore } from '../../../../src/adapters/sqlite/entry-store.ts'
import { sqliteLeaseStore } from '../../../../src/adapters/sqlite/lease-store.ts'
import type { AppPorts, ClusterAccess } from '../../../../src/app/common/app-ports.ts'
import { openJournal } from '../../../../src/journal/journal.ts'
import type { Actor } from '../../../../src/model/actor.ts'
import type { KubeObject } from '../../../../src/model/observation.ts'
import { problem, type Problem } from '../../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../../src/model/result.ts'
import { millis } from '../../../../src/model/time.ts'
import { parsePolicy } from '../../../../src/safety/policy/parse-policy.ts'
import { memoryCluster } from '../../../safety/support/memory-cluster.ts'
import { FRAME } from '../../../safety/support/wish-of.ts'
import { valueOf } from '../../../safety/support/value-of.ts'

/** The cluster of a room: a file, so that a test can change it under a server that runs. */
export interface World {
  readonly objects: readonly KubeObject[]
  readonly problem?: Problem
  /** Makes the server's own code throw. */
  readonly bug?: string
}
export const worldFile = (directory: string): string => join(directory, 'world.json')

function clusterOf(directory: string): Result<ClusterAccess> {
  const world = JSON.parse(readFileSync(worldFile(directory), 'utf8')) as World
  if (world.bug !== undefined) throw new Error(world.bug)
  if (world.problem) return failed(world.problem)
  const { objects, dryRunner } = memoryCluster(world.objects).ports
  const unread = () => Promise.resolve(failed(problem('api_error', 'Not read here.', '')))
  const reader = { ...objects, workloads: unread, autoscalers: unread, pods: unread }
  return ok({ name: 'production', source: 'live', reader, dryRunner })
}

export interface RoomPorts extends AppPorts {
  readonly close: () => Promise<void>
}

/** The real journal in a file, and a cluster of objects in another. `speed`: how much faster than time the clock's sleeps are. */
export async function roomPorts(directory: string, actor: Actor, speed = 1): Promise<RoomPorts> {
  const { path: stateDir, journalFile } = valueOf(openStateDir(join(directory, 'state')))
  const database = valueOf(await openDatabase(journalFile))
  const clock = systemClock()
  return {
    journal: openJournal(sqliteEntryStore(database), clock),
    leases: sqliteLeaseStore(database),
    clock: { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms / speed, signal) },
    random: systemRandomness,
    launcher: { launch: () => Promise.resolve(ok(null)) },
    actor,
    cluster: () => Promise.resolve(clusterOf(directory)),
    usage: () => Promise.resolve(failed(problem('prometheus_not_found', 'No Prometheus was found.', 'Name one.'))),
    policyFile: () => Promise.resolve(parsePolicy('client_namespaces: [shop]\n')),
    settings: FRAME.settings,
    tokenValidFor: millis(300_000),
    stateDir,
    command: 'krr-mcp --state-dir /room/state',
    close: () => database.destroy(),
  }
}
