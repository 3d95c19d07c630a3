import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from '../test/harness/cache-directory.ts'
import type { FuzzOptions } from './options.ts'
import { random } from './random.ts'
import { type ParityRequest, randomRequest } from './request/random-request.ts'
import { type Parity, runScan, type ScanOutcome } from './run-scan.ts'
import { smallerWorld } from './smaller-world.ts'
import { type Tally, tally } from './tally.ts'
import { planWorld } from './world/plan-world.ts'
import { startWorld, type WorldPlace } from './world/start-world.ts'
import type { WorldPlan } from './world/world-plan.ts'

export type FuzzPlace = Omit<WorldPlace, 'folder'>
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** One world after the other until there are enough, or the time is up. Says how many findings there were. */
export async function runWorlds(options: FuzzOptions, place: FuzzPlace, parity: Parity): Promise<number> {
  const until = performance.now() + options.minutes * 60_000
  const seen = tally()
  for (let index = 0; index < options.worlds && performance.now() < until; index += 1) {
    await runWorld(planWorld(options.seed + index), { place, parity, scans: options.scans, until, seen })
  }
  say(seen.text())
  return seen.findings
}

interface WorldRun {
  readonly place: FuzzPlace
  readonly parity: Parity
  readonly scans: number
  readonly until: number
  readonly seen: Tally
}

async function runWorld(plan: WorldPlan, run: WorldRun): Promise<void> {
  const folder = join(cacheDirectory(), 'fuzz', `${plan.seed}-${process.pid}`)
  const found: Found[] = []
  const world = await startWorld(plan, { ...run.place, folder })
  run.seen.addWorld()
  try {
    for (let index = 0; index < run.scans && performance.now() < run.until; index += 1) {
      const request = randomRequest(random(`request ${plan.seed} ${index}`))
      const outcome = await runScan(run.parity, { world: { ...at(plan, run), ...world }, plan }, request)
      run.seen.add(outcome)
      say(lineOf(plan, { index, outcome, samples: world.samples }))
      if (outcome.findings.length > 0) found.push({ request, outcome })
    }
  } finally {
    await world.stop()
  }
  const [first] = found
  if (first) await describe(first, { plan, folder, run })
  else await rm(folder, { recursive: true, force: true })
}

interface Found {
  readonly request: ParityRequest
  readonly outcome: ScanOutcome
}

const at = ({ evaluatedAt }: WorldPlan, { place }: WorldRun): { evaluatedAt: number; kubeconfigFile: string } => ({
  evaluatedAt,
  kubeconfigFile: place.controlPlane.kubeconfigFile,
})

/** The first finding of a world, again in the smallest world that still shows it. */
async function describe(
  { request, outcome }: Found,
  { plan, folder, run }: { readonly plan: WorldPlan; readonly folder: string; readonly run: WorldRun },
): Promise<void> {
  say(`  settings: ${JSON.stringify(request)}`)
  const small = smallerWorld(plan, outcome.findings)
  if (!small) return say(`  the world's files: ${folder}`)
  const smallFolder = `${folder}-small`
  const world = await startWorld(small, { ...run.place, folder: smallFolder })
  try {
    const again = await runScan(run.parity, { world: { ...at(plan, run), ...world }, plan: small }, request)
    const shown = again.findings.length > 0
    say(
      shown
        ? `  the same with ${small.workloads.length} of ${plan.workloads.length} workloads:`
        : '  not in a smaller world',
    )
    for (const { row, text } of again.findings.slice(0, 10)) say(`    ${row ?? 'scan'}: ${text}`)
    say(`  the world's files: ${shown ? smallFolder : folder}`)
  } finally {
    await world.stop()
  }
}

function lineOf(
  { seed, evaluatedAt, span }: WorldPlan,
  { index, outcome, samples }: { readonly index: number; readonly outcome: ScanOutcome; readonly samples: number },
): string {
  const { kind, rows, fields, findings, queries, krrQueries } = outcome
  const hours = Math.round((evaluatedAt - span.from) / 360) / 10
  const head = `seed ${seed}.${index} (${hours} h, ${samples} samples): ${kind}, ${rows} rows, ${fields} fields, ${queries}/${krrQueries} queries`
  const texts = findings.slice(0, 12).map(({ row, text }) => `    ${row ?? 'scan'}: ${text}`)
  return [findings.length === 0 ? `${head}: the same` : `${head}: ${findings.length} DIFFERENCES`, ...texts].join('\n')
}
