import type { AppPorts } from '../../../src/app/common/app-ports.ts'
import { ok } from '../../../src/model/result.ts'
import type { ReadPorts } from '../../../src/ports/recordings.ts'
import { smallPorts } from '../../adapters/replay/support/small-scan.ts'
import { appWorld, type AppWorld } from './app-world.ts'

/** The use-cases' ports with one workload to scan, and whatever a test wants otherwise of what is read. */
export function scannableWorld(change: (read: ReadPorts) => ReadPorts = (read) => read): AppWorld {
  const world = appWorld()
  const read = change(smallPorts())
  const cluster: AppPorts['cluster'] = async () => {
    const access = await world.ports.cluster()
    if (!access.ok) return access
    const { reader } = access.value
    const fingerprint = () => reader.fingerprint()
    return ok({ ...access.value, reader: { ...reader, ...read.cluster, fingerprint } })
  }
  return { ...world, ports: { ...world.ports, cluster, usage: () => Promise.resolve(ok(read.usage)) } }
}

export const EVERYTHING = { scope: { namespaces: [], kinds: [] }, settings: {} } as const
/** An answer that never comes. */
export const silence = <Value>(): Promise<Value> => new Promise<Value>(() => undefined)
