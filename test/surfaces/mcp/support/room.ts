import { writeFile } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import { previewChanges } from '../../../../src/app/agent/preview.ts'
import type { JournalEvent } from '../../../../src/journal/event.ts'
import type { Actor } from '../../../../src/model/actor.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import { ok } from '../../../../src/model/result.ts'
import { temporaryDirectory } from '../../../harness/temporary-directory.ts'
import { liveObject } from '../../../safety/support/live-object.ts'
import { rowOf, scanOf } from '../../../safety/support/scan-of.ts'
import { valueOf } from '../../../safety/support/value-of.ts'
import { roomPorts, worldFile, type RoomPorts, type World } from './room-ports.ts'

/** A journal in which the policy lets the client's form suffice for `shop`, a cluster with `deployment/web`, and a scan. */
export interface Room {
  readonly directory: string
  readonly ports: RoomPorts
  readonly change: (world: World) => Promise<void>
  /** A new plan for the row of `deployment/web`. */
  readonly plan: () => Promise<string>
  /** What has happened, in order. */
  readonly events: () => Promise<readonly JournalEvent[]>
}

const person: Actor = { kind: 'person', osUser: 'ada', host: 'room' }
export const WEB = liveObject({ containers: { app: { requests: { cpu: '1', memory: '1Gi' } } } })
const SCAN = scanOf([rowOf()])

async function record(ports: RoomPorts, scan: Scan): Promise<void> {
  const policy = valueOf(await ports.policyFile())
  const { cluster, rows, evaluatedAt } = scan
  const events: readonly JournalEvent[] = [
    {
      kind: 'policy_adopted',
      subject: 'policy',
      facts: { revision: policy?.revision ?? '', level: 'terminal', promptHash: '', path: null },
    },
    {
      kind: 'scan_recorded',
      subject: scan.id,
      facts: {
        clusterUid: cluster.fingerprint.kubeSystemUid,
        clusterName: cluster.name,
        source: cluster.source,
        rows: rows.length,
        evaluatedAt,
      },
    },
  ]
  const drafts = events.map((event) => ({ actor: person, event, payload: scan }))
  valueOf(await ports.journal.append(() => ok({ drafts, value: null })))
}

export async function makeRoom(scan: Scan = SCAN): Promise<Room> {
  const { path: directory, remove } = await temporaryDirectory('room')
  onTestFinished(remove)
  const change = (world: World): Promise<void> => writeFile(worldFile(directory), JSON.stringify(world))
  await change({ objects: [WEB] })
  const ports = await roomPorts(directory, person)
  onTestFinished(() => ports.close())
  await record(ports, scan)
  return {
    directory,
    ports,
    change,
    plan: async () => valueOf(await previewChanges({ scan: undefined, rows: [1] }, ports)).plan.id,
    events: async () => valueOf(await ports.journal.entries(0)).map((entry) => entry.event),
  }
}
