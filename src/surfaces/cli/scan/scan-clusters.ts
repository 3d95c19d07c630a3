import type { ScanRequest } from '../../../app/agent/scan.ts'
import { plainText } from '../../../model/plain-text.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { problemText } from '../../render/problem-text.ts'
import type { CommonOptions } from '../../options/common-options.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import { exitOfProblem } from '../exit-of-problem.ts'
import type { ScanFlags } from './scan-flags.ts'
import { scanOnce } from './scan-once.ts'

export interface SeveralClusters {
  readonly request: ScanRequest
  readonly flags: ScanFlags
  readonly options: CommonOptions
  /** Empty: every context that the kubeconfig has. */
  readonly contexts: readonly string[]
}

/**
 * A scan for each context, one after the other and each with its own id: a plan never spans clusters. One that cannot be
 * scanned does not keep the others from it; the exit code is that of the worst.
 */
export async function scanClusters(several: SeveralClusters, cli: Cli): Promise<void> {
  const { deps } = cli
  const contexts = await contextsFor(several, cli)
  if (!contexts.ok) {
    deps.err(`${problemText(contexts.problem, deps.colours)}\n`)
    cli.ended(exitOfProblem(contexts.problem))
    return
  }
  const codes: number[] = []
  for (const context of contexts.value) {
    if (several.flags.quiet !== true) deps.err(`cluster ${plainText(context, 80)}\n`)
    const { request, options } = several
    const flags = inFileOf(several.flags, context)
    // The next one waits: two clusters' Prometheus may be one server.
    codes.push(await cli.runWith({ ...options, context }, (session) => scanOnce(request, flags, session)))
    if (codes.at(-1) === exitCode('interrupted')) break
  }
  cli.ended(worst(codes))
}

async function contextsFor(
  { options, contexts, flags }: SeveralClusters,
  cli: Cli,
): Promise<Result<readonly string[]>> {
  if (options.prometheusUrl !== undefined && options.prometheusClusterLabel === undefined) {
    const message = 'One Prometheus address cannot be that of several clusters.'
    return failed(problem('bad_setting', message, 'Leave out --prometheus-url, or scan one context at a time.'))
  }
  if (options.prometheusClusterLabel !== undefined) {
    const message = 'One cluster label cannot be that of several clusters.'
    return failed(problem('bad_setting', message, 'Scan one context at a time, each with its label.'))
  }
  if (flags.diff !== undefined && flags.diff !== true) {
    return failed(problem('bad_setting', 'One scan is of one cluster.', 'Use --diff without an id.'))
  }
  const found = contexts.length > 0 ? ok(contexts) : await cli.deps.contexts(options)
  return found.ok && found.value.length > 1 && isOneFile(flags) ? failed(oneFile) : found
}

// The second scan would be written over the first, or end because a recording is there.
const isOneFile = ({ fileoutput, record }: ScanFlags): boolean =>
  [fileoutput, record].some((file) => file !== undefined && !file.includes(CONTEXT))
const CONTEXT = '{context}'
const oneFile = problem(
  'bad_setting',
  'One file cannot hold the scans of several clusters.',
  `Put ${CONTEXT} into its name, for example --fileoutput report-${CONTEXT}.html.`,
)

/** Each cluster its own file. */
function inFileOf(flags: ScanFlags, context: string): ScanFlags {
  const { fileoutput, record } = flags
  const named = (file: string): string => file.replaceAll(CONTEXT, context.replaceAll(/[^\w.-]/g, '_'))
  return {
    ...flags,
    ...(fileoutput === undefined ? {} : { fileoutput: named(fileoutput) }),
    ...(record === undefined ? {} : { record: named(record) }),
  }
}

const worst = (codes: readonly number[]): number =>
  codes.find((code) => code === exitCode('interrupted')) ??
  codes.find((code) => code === exitCode('error')) ??
  codes.find((code) => code !== exitCode('done')) ??
  exitCode('done')
