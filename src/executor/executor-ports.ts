import type { Journal } from '../journal/journal.ts'
import type { Actor } from '../model/actor.ts'
import type { Clock } from '../ports/clock.ts'
import type { ObjectReader } from '../ports/cluster-reader.ts'
import type { LeaseStore } from '../ports/lease-store.ts'
import type { ClusterWriter } from './cluster-writer.ts'
import type { Recheck } from './recheck.ts'

/** Everything that the executor can touch. */
export interface ExecutorPorts {
  readonly journal: Journal
  readonly writer: ClusterWriter
  readonly objects: ObjectReader
  readonly leases: LeaseStore
  readonly clock: Clock
  readonly recheck: Recheck
  readonly actor: Actor
  readonly pid: number
  readonly host: string
}
