import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrAnswer, KrrEngine, KrrProblem, KrrRequest } from '../../ports/krr-engine.ts'
import { answerOf } from './answer-of.ts'
import { explainEnd } from './explain-end.ts'
import { krrArguments } from './krr-arguments.ts'
import type { KrrSettings } from './krr-settings.ts'
import { readVersion, tooOldFor } from './krr-version.ts'
import { openGateway } from './open-gateway.ts'
import type { Gateway } from './open-gateway.ts'
import { malformed } from './parse-krr-json.ts'
import { privateFolder } from './private-folder.ts'
import type { PrivateFolder } from './private-folder.ts'
import { isChosen, runKrr } from './run-krr.ts'

const SCAN_MS = 20 * 60_000
const VERSION_MS = 60_000

/** The krr that is installed here, run anew for each scan. Nothing is started before the first call. */
export function connectKrr(settings: KrrSettings): KrrEngine {
  let known: string | undefined
  const version = async (signal?: AbortSignal): Promise<Result<string, KrrProblem>> => {
    if (known !== undefined) return ok(known)
    const read = await inPrivate((folder) => askVersion(settings, folder, signal))
    if (read.ok) known = read.value
    return read
  }
  const scan = async (request: KrrRequest, signal: AbortSignal): Promise<Result<KrrAnswer, KrrProblem>> => {
    const found = await version(signal)
    if (!found.ok) return found
    const tooOld = tooOldFor(found.value, request)
    if (tooOld) return failed(tooOld)
    return await inPrivate((folder) => scanIn({ settings, folder, signal, version: found.value }, request))
  }
  return Object.freeze({ version, scan } satisfies KrrEngine)
}

async function inPrivate<Value>(work: (folder: PrivateFolder) => Promise<Value>): Promise<Value> {
  const folder = await privateFolder()
  try {
    return await work(folder)
  } finally {
    await folder.remove()
  }
}

async function askVersion(
  settings: KrrSettings,
  folder: PrivateFolder,
  signal: AbortSignal | undefined,
): Promise<Result<string, KrrProblem>> {
  const timeoutMs = Math.min(VERSION_MS, settings.timeoutMs ?? VERSION_MS)
  const end = await runKrr({ settings, folder, timeoutMs, ...(signal ? { signal } : {}) }, ['version'])
  const printed = explainEnd(end, { command: settings.command, target: settings, timeoutMs, lost: [], starting: true })
  if (!printed.ok) return printed
  const version = readVersion(printed.value)
  return version === undefined ? failed(malformed('`krr version` prints no version')) : ok(version)
}

interface ScanRun {
  readonly settings: KrrSettings
  readonly folder: PrivateFolder
  readonly signal: AbortSignal
  readonly version: string
}
async function scanIn(on: ScanRun, request: KrrRequest): Promise<Result<KrrAnswer, KrrProblem>> {
  const { clusterLabel, at, progress } = request
  const gateway = await openGateway({
    forward: on.settings.forward,
    at,
    password: on.folder.password,
    ...(clusterLabel ? { label: clusterLabel } : {}),
    ...(progress ? { progress } : {}),
  })
  try {
    return await scanThrough(gateway, on, request)
  } finally {
    await gateway.close()
  }
}

async function scanThrough(
  gateway: Gateway,
  { settings, folder, signal, version }: ScanRun,
  request: KrrRequest,
): Promise<Result<KrrAnswer, KrrProblem>> {
  const args = krrArguments(request, settings, gateway.url)
  if (!args.ok) return args
  const timeoutMs = settings.timeoutMs ?? SCAN_MS
  const end = await runKrr({ settings, folder, timeoutMs, signal }, args.value)
  const lost = gateway.lost()
  const printed = explainEnd(end, { command: settings.command, target: settings, timeoutMs, lost, starting: false })
  return printed.ok ? answerOf(printed.value, { version, gateway, chosen: isChosen(settings) }) : printed
}
