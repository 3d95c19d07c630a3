import { krrArguments } from '../../src/adapters/krr-cli/krr-arguments.ts'
import type { KrrCommand } from '../../src/adapters/krr-cli/krr-command.ts'
import { openGateway } from '../../src/adapters/krr-cli/open-gateway.ts'
import { privateFolder } from '../../src/adapters/krr-cli/private-folder.ts'
import { runKrr } from '../../src/adapters/krr-cli/run-krr.ts'
import { directWay } from '../../src/adapters/prometheus/direct-way.ts'
import { prometheusUrl } from '../../src/adapters/prometheus/prometheus-url.ts'
import { failed, ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { ParityRequest } from '../request/random-request.ts'
import type { ParityAnswer, ParityScan, ParityWorld } from './parity-world.ts'

export type KrrSaid =
  | { readonly kind: 'answer'; readonly answer: ParityAnswer; readonly queries: number }
  /** krr ends with an error where nothing matches. */
  | { readonly kind: 'nothing_to_scan' }
  | { readonly kind: 'gave_up'; readonly stderr: string }

const TIMEOUT_MS = 300_000

/** What an installed krr says, all of its queries evaluated as of the world's time. */
export async function askKrr(command: KrrCommand, world: ParityWorld, request: ParityRequest): Promise<KrrSaid> {
  const url = prometheusUrl(world.prometheusUrl)
  if (!url.ok) throw new Error(url.problem.message)
  const way = directWay(url.value, { url: world.prometheusUrl })
  const folder = await privateFolder()
  const at = unixSeconds(world.evaluatedAt)
  const gateway = await openGateway({
    at,
    password: folder.password,
    forward: async (path, params, signal) => {
      const answer = await way.ask({ path, params, signal })
      return answer.ok ? ok(answer.value) : failed(answer.problem.problem)
    },
  })
  try {
    const target = { kubeconfig: world.kubeconfigFile }
    const args = krrArguments({ ...request, at }, target, gateway.url)
    if (!args.ok) throw new Error(args.problem.message)
    const forward = (): never => {
      throw new Error('krr asks the gateway')
    }
    const settings = { ...target, command, environment: process.env, forward }
    const end = await runKrr({ settings, folder, timeoutMs: TIMEOUT_MS }, args.value)
    if (end.kind === 'not_started') return { kind: 'gave_up', stderr: `it cannot be started (${end.code})` }
    if (end.kind === 'exited' && end.stdout.trim() !== '') {
      return { kind: 'answer', answer: comparable(JSON.parse(end.stdout) as KrrJson), queries: gateway.asked() }
    }
    const nothing = /Current filters resulted in no objects available to scan/.test(end.stderr.replaceAll(/\s+/g, ' '))
    return nothing ? { kind: 'nothing_to_scan' } : { kind: 'gave_up', stderr: end.stderr }
  } finally {
    await gateway.close()
    await Promise.all([way.close(), folder.remove()])
  }
}

type KrrJson = ParityAnswer & { readonly config: unknown }

function comparable(printed: KrrJson): ParityAnswer {
  const { config: _, ...rest } = printed
  return { ...rest, scans: printed.scans.map(withoutRandomness) }
}

function withoutRandomness({ object, ...rest }: ParityScan): ParityScan {
  const { annotations: _, ...kept } = object
  const pods = object.pods.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { object: { ...kept, cluster: null, pods, warnings: object.warnings.toSorted() }, ...rest }
}
