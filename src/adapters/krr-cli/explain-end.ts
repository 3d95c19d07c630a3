import { plainText } from '../../model/plain-text.ts'
import type { Result } from '../../model/result.ts'
import { failed, ok } from '../../model/result.ts'
import type { KrrProblem, LostQuery } from '../../ports/krr-engine.ts'
import type { KrrCommand } from './krr-command.ts'
import { INSTEAD, krrProblem } from './krr-problem.ts'
import type { KrrTarget } from './krr-arguments.ts'
import { lastWords } from './last-words.ts'
import { malformed } from './parse-krr-json.ts'
import type { ProgramEnd } from './run-program.ts'

export interface EndOf {
  readonly command: KrrCommand
  readonly target: KrrTarget
  readonly timeoutMs: number
  readonly lost: readonly LostQuery[]
  /** It was asked for its version only: whoever cannot even say that is not there. */
  readonly starting: boolean
}

/** What krr printed where it ended well, else which of the named problems it was. */
export function explainEnd(end: ProgramEnd, of: EndOf): Result<string, KrrProblem> {
  switch (end.kind) {
    case 'not_started':
      return failed(missing(of.command, `cannot be started (${end.code})`))
    case 'stopped':
      return failed(
        krrProblem('cancelled', 'krr was stopped before it was done.', 'scan again when you want the numbers'),
      )
    case 'timed_out':
      return failed(timedOut(end.stderr, of))
    case 'too_much':
      return failed(malformed('it is longer than any scan'))
    case 'exited':
      // Never by the exit code alone: krr says 0 when it does not like its settings.
      if (end.code === 0 && end.stdout.trim() !== '') return ok(end.stdout)
      return failed(fromStderr(end, of))
  }
}

function fromStderr({ code, stderr }: Extract<ProgramEnd, { kind: 'exited' }>, of: EndOf): KrrProblem {
  // Logs are wrapped at the width of a terminal.
  const said = stderr.replaceAll(/\s+/g, ' ')
  const words = lastWords(stderr) || 'it said nothing'
  if (of.starting && code !== 0) return missing(of.command, `does not run: ${words}`)
  if (/Could not load kubernetes configuration/.test(said)) return badContext(of.target, words)
  if (/Wasn't able to connect to any Prometheus service/.test(said)) return unreachable(of.lost)
  if (/Error occured while parsing arguments/.test(said) || code === 2) {
    return krrProblem('krr_failed', `krr did not accept its settings: ${words}`, `update krr, ${INSTEAD}`)
  }
  if (code === 0) return malformed(`it is empty; krr last said: ${words}`)
  return krrProblem(
    'krr_failed',
    `krr gave up (${code === null ? 'it was killed' : `exit code ${code}`}): ${words}`,
    `run \`krr simple\` by hand to see all that it says, ${INSTEAD}`,
  )
}

function missing({ file, words }: KrrCommand, why: string): KrrProblem {
  const line = [file, ...words].join(' ')
  const next = `install krr (github.com/robusta-dev/krr), or set KRR to the words that start it, ${INSTEAD}`
  return krrProblem('krr_missing', `krr, as \`${line}\`, ${why}`, next)
}

function badContext({ kubeconfig, context }: KrrTarget, words: string): KrrProblem {
  const named = context === undefined ? 'the current context' : `the context ${plainText(context, 100)}`
  const where = kubeconfig === undefined ? 'the default kubeconfig' : plainText(kubeconfig)
  return krrProblem(
    'krr_bad_context',
    `krr cannot use ${named} of ${where}: ${words}`,
    'choose another one with --context or --kubeconfig; `kubectl config get-contexts` lists them',
  )
}

/** krr sees the gateway only, and that answered: what it could not do is in its own list. */
function unreachable(lost: readonly LostQuery[]): KrrProblem {
  const last = lost.at(-1)
  return last
    ? krrProblem(
        'krr_prometheus_unreachable',
        `krr got no answer from Prometheus: ${last.why}`,
        'check the address (--prometheus-url), that it is running, and that this machine may connect to it',
      )
    : krrProblem(
        'krr_prometheus_unreachable',
        'krr did not get through to 127.0.0.1, where its queries are passed on to Prometheus',
        `start krr on this machine itself, not in a container, ${INSTEAD}`,
      )
}

const timedOut = (stderr: string, { timeoutMs }: EndOf): KrrProblem =>
  krrProblem(
    'krr_timeout',
    `krr was not done after ${Math.round(timeoutMs / 1000)} s and was ended; it last said: ${lastWords(stderr) || 'nothing'}`,
    `scan fewer namespaces or a shorter history, ${INSTEAD}`,
  )
