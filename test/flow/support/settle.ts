import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PrometheusBinaries } from '../../harness/prometheus-binaries.ts'
import type { ControlPlaneConnection } from '../../harness/start-control-plane.ts'
import { startCompany, type Company } from '../../harness/start-company.ts'
import { phraseOf } from './assistant.ts'
import { inTerminal } from './in-terminal.ts'
import type { Installation } from './program.ts'
import { cache, quietUsage, web } from './workloads.ts'

export interface Settled {
  readonly company: Company
  readonly installation: Installation
}
export interface Place {
  readonly controlPlane: ControlPlaneConnection
  readonly prometheus: PrometheusBinaries
  /** A folder of the suite's own. */
  readonly home: string
}

export async function adoptPolicy(installation: Installation): Promise<void> {
  const terminal = inTerminal(['policy', 'adopt'], installation)
  terminal.types(phraseOf(await terminal.sees(/type exactly:\s+\S.*\S/)))
  if ((await terminal.exit) !== 0) throw new Error(`the policy was not adopted: ${terminal.screen()}`)
}

/** A company, and an operator's policy file that lists its namespace for answers through the client; not adopted yet. */
export async function moveIn({ controlPlane, prometheus, home }: Place, name: string): Promise<Settled> {
  const company = await startCompany(controlPlane, prometheus, { name, workloads: [web, cache], usage: quietUsage })
  const directory = join(home, company.namespace)
  await mkdir(directory)
  const policy = join(directory, 'policy.yaml')
  await writeFile(policy, `client_namespaces: [${company.namespace}]\n`, { mode: 0o600 })
  const kubeconfig = controlPlane.kubeconfigFiles.operator
  const { prometheusUrl } = company
  return { company, installation: { kubeconfig, prometheusUrl, stateDir: join(directory, 'state'), policy } }
}

/** The same, with the policy adopted by a person. */
export async function settle(place: Place, name: string): Promise<Settled> {
  const settled = await moveIn(place, name)
  await adoptPolicy(settled.installation)
  return settled
}
