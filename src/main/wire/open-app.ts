import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../adapters/local/system-clock.ts'
import { systemRandomness } from '../../adapters/local/system-randomness.ts'
import { openStateDir, stateDirPath } from '../../adapters/local/state-dir.ts'
import { detachedWorker } from '../../adapters/local/worker-launcher.ts'
import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { openDatabase } from '../../adapters/sqlite/database.ts'
import { sqliteEntryStore } from '../../adapters/sqlite/entry-store.ts'
import { sqliteLeaseStore } from '../../adapters/sqlite/lease-store.ts'
import type { AppPorts } from '../../app/common/app-ports.ts'
import { openJournal } from '../../journal/journal.ts'
import type { Actor } from '../../model/actor.ts'
import { ok, type Result } from '../../model/result.ts'
import { minutes } from '../../model/time.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import { asFlags } from '../../surfaces/options/as-flags.ts'
import { connections, type Patience } from './connections.ts'
import { wantsKrr } from './open-krr.ts'
import { pasteCommand, REACHING } from './paste-command.ts'
import { planSettings, seconds } from './plan-settings.ts'
import { readPolicyFile } from './read-policy-file.ts'

/** The use-cases' ports, made of the real things. Nothing here can write to a cluster. */
export interface OpenApp extends AppPorts {
  /** For the worker, which adds the writer. */
  readonly connection: () => Promise<Result<ClusterConnection>>
  close(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('../../../bin/krr-mcp.js', import.meta.url))

// Nothing is not "here": an empty variable in a script must not make the working directory the place of the journal.
const fullPath = (path: string): string => (path === '' ? path : resolve(path))

// Commands are pasted, and workers started, from other directories than this one.
function withFullPaths(options: CommonOptions): CommonOptions {
  const { kubeconfig, stateDir } = options
  return {
    ...options,
    ...(kubeconfig === undefined ? {} : { kubeconfig: fullPath(kubeconfig) }),
    ...(stateDir === undefined ? {} : { stateDir: fullPath(stateDir) }),
  }
}

/** Opens the journal in the state directory and wires everything else lazily. */
export async function openApp(given: CommonOptions, actor: Actor, patience: Patience = {}): Promise<Result<OpenApp>> {
  const options = withFullPaths(given)
  const settings = planSettings(options)
  if (!settings.ok) return settings
  const tokenValidFor = seconds(options.tokenSeconds, minutes(5), { flag: 'token-lifetime', most: 300 })
  if (!tokenValidFor.ok) return tokenValidFor
  const withKrr = wantsKrr(options)
  if (!withKrr.ok) return withKrr
  const directory = openStateDir(stateDirPath(options.stateDir, process.env))
  if (!directory.ok) return directory
  const database = await openDatabase(directory.value.journalFile)
  if (!database.ok) return database
  const clock = systemClock()
  const { path: stateDir } = directory.value
  const { connection, cluster, usage, krr, close } = connections(options, patience)
  const flags = asFlags({ ...options, stateDir }, REACHING)
  return ok({
    journal: openJournal(sqliteEntryStore(database.value), clock),
    leases: sqliteLeaseStore(database.value),
    clock,
    random: systemRandomness,
    launcher: detachedWorker({ program: PROGRAM, flags, stateDir }),
    actor,
    settings: settings.value,
    tokenValidFor: tokenValidFor.value,
    stateDir,
    command: pasteCommand(options, stateDir, process.env),
    policyFile: () => readPolicyFile(options.policy),
    connection,
    cluster,
    usage,
    ...(withKrr.value ? { krr } : {}),
    close: async () => {
      await close()
      await database.value.destroy()
    },
  })
}
