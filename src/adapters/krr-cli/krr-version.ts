import { strategyCommand } from '../../model/strategy.ts'
import type { KrrProblem, KrrRequest } from '../../ports/krr-engine.ts'
import { INSTEAD, krrProblem } from './krr-problem.ts'

/** The version that `krr version` printed, or undefined where this cannot be krr's. */
export function readVersion(stdout: string): string | undefined {
  const word = stdout.trim().split('\n').at(-1)?.trim() ?? ''
  return /^[A-Za-z0-9][\w.+/-]{0,59}$/.test(word) ? word : undefined
}

interface Feature {
  readonly since: readonly [major: number, minor: number]
  readonly name: string
  readonly asked: (request: KrrRequest) => boolean
}
const asksKind = ({ scope }: KrrRequest, kind: string): boolean =>
  scope.kinds.some((asked) => asked.toLowerCase() === kind.toLowerCase())

/** What came later than krr's JSON, with the version that brought it. */
const FEATURES: readonly Feature[] = [
  {
    since: [1, 18],
    name: 'the strategy simple-limit',
    asked: ({ chosen }) => strategyCommand(chosen.strategy) === 'simple-limit',
  },
  {
    since: [1, 9],
    name: 'looking at OOM kills',
    asked: ({ chosen }) => chosen.settings.useOomkillData,
  },
  { since: [1, 20], name: 'the kind StrimziPodSet', asked: (request) => asksKind(request, 'StrimziPodSet') },
  {
    since: [1, 27],
    name: 'grouping jobs',
    asked: (request) => request.scope.jobGrouping !== undefined || asksKind(request, 'GroupedJob'),
  },
  { since: [1, 28], name: 'reading jobs in pages', asked: ({ scope }) => scope.jobPages !== undefined },
]

/** The first thing asked that this krr does not have. A version without a number (`dev`) is taken for the latest. */
export function tooOldFor(version: string, request: KrrRequest): KrrProblem | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined || minor === undefined) return undefined
  const has = ([since, sinceMinor]: Feature['since']): boolean =>
    Number(major) > since || (Number(major) === since && Number(minor) >= sinceMinor)
  const missing = FEATURES.find((feature) => feature.asked(request) && !has(feature.since))
  if (!missing) return undefined
  const message = `krr ${version} does not have ${missing.name}, which came with ${missing.since.join('.')}`
  return krrProblem('krr_too_old', message, `install a newer krr, ${INSTEAD}`)
}
