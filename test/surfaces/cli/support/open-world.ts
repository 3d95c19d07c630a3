import { openStateDir } from '../../../../src/adapters/local/state-dir.ts'
import { systemClock } from '../../../../src/adapters/local/system-clock.ts'
import { systemRandomness } from '../../../../src/adapters/local/system-randomness.ts'
import { openDatabase } from '../../../../src/adapters/sqlite/database.ts'
import { sqliteEntryStore } from '../../../../src/adapters/sqlite/entry-store.ts'
import { sqliteLeaseStore } from '../../../../src/adapters/sqlite/lease-store.ts'
import { openJournal, type Journal } from '../../../../src/journal/journal.ts'
import type { Actor } from '../../../../src/model/actor.ts'
import type { KubeObject } from '../../../../src/model/observation.ts'
import type { ExecutionId } from '../../../../src/model/ids.ts'
import { ok } from '../../../../src/model/result.ts'
import { millis } from '../../../../src/model/time.ts'
import { parsePolicy } from '../../../../src/safety/policy/parse-policy.ts'
import type { OpenedApp } from '../../../../src/surfaces/cli/cli-deps.ts'
import { clusterOf, usageOf } from '../../../recommender/support/stub-ports.ts'
import { liveObject } from '../../../safety/support/live-object.ts'
import { memoryCluster, type MemorySketch } from '../../../safety/support/memory-cluster.ts'
import { valueOf } from '../../../safety/support/value-of.ts'
import { FRAME } from '../../../safety/support/wish-of.ts'

export const PERSON: Actor = { kind: 'person', osUser: 'ada', host: 'desk' }

export interface WorldSketch {
  readonly cluster?: MemorySketch
  readonly objects?: readonly KubeObject[]
  readonly clusterName?: string
  /** The text of the policy file; none unless given. */
  readonly policy?: string
  /** What the worker does when it is started. */
  readonly worker?: (execution: ExecutionId, journal: Journal) => Promise<void>
}

const SMALL = { requests: { cpu: '100m', memory: '128Mi' } }

/** A cluster in memory, a journal on disk: everything a command needs, and nothing that is not real but the cluster. */
export async function openWorld(stateDir: string, sketch: WorldSketch = {}): Promise<OpenedApp> {
  const directory = valueOf(openStateDir(stateDir))
  const database = valueOf(await openDatabase(directory.journalFile))
  const clock = systemClock()
  const journal = openJournal(sqliteEntryStore(database), clock)
  const { objects = [liveObject({ containers: { app: SMALL } })], clusterName = 'production', policy } = sketch
  const { ports } = memoryCluster(objects, sketch.cluster)
  const reader = { ...clusterOf([]), ...ports.objects }
  const working: Promise<void>[] = []
  return {
    journal,
    leases: sqliteLeaseStore(database),
    clock,
    random: systemRandomness,
    launcher: {
      launch(execution) {
        working.push(sketch.worker?.(execution, journal) ?? Promise.resolve())
        return Promise.resolve(ok(null))
      },
    },
    actor: PERSON,
    cluster: () => Promise.resolve(ok({ name: clusterName, source: 'live', reader, dryRunner: ports.dryRunner })),
    usage: () => Promise.resolve(ok(usageOf({}))),
    policyFile: () => Promise.resolve(policy === undefined ? ok(null) : parsePolicy(policy)),
    settings: FRAME.settings,
    tokenValidFor: millis(300_000),
    stateDir,
    command: 'krr-mcp --state-dir here',
    close: async () => {
      await Promise.all(working)
      await database.destroy()
    },
  }
}
