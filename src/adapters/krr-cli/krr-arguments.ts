import { resolve } from 'node:path'
import type { ClusterLabel } from '../../model/recommendation.ts'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrProblem, KrrRequest } from '../../ports/krr-engine.ts'
import { checkedText } from './checked-text.ts'
import type { TextRule } from './checked-text.ts'
import { scopeArguments } from './scope-arguments.ts'
import { strategyArguments } from './strategy-arguments.ts'

/** The cluster that krr talks to, and how many requests of its own at once. */
export interface KrrTarget {
  readonly kubeconfig?: string
  readonly context?: string
  readonly maxWorkers?: number
}

const PATH: TextRule = { what: 'a path', allows: /./, next: 'give the path of a kubeconfig' }
const CONTEXT: TextRule = { what: 'a context', allows: /./, next: 'give the name of a context of the kubeconfig' }
const LABEL_NAME: TextRule = {
  what: 'the name of a Prometheus label',
  allows: /^[A-Za-z_]\w*$/,
  next: 'give the label that tells clusters apart, such as `cluster`',
}
const LABEL_VALUE: TextRule = {
  what: 'a value that can be given to krr for a Prometheus label',
  // krr writes it between quotation marks into its queries as it is.
  allows: /^[^"\\]+$/,
  next: 'use --engine native for a value with a quotation mark or a backslash in it',
}

/**
 * krr's whole argument vector, always `--flag=value`. Never `-q` (it hides errors), never a secret (every user of the
 * machine can read it).
 */
export function krrArguments(
  request: KrrRequest,
  { kubeconfig, context, maxWorkers }: KrrTarget,
  gatewayUrl: string,
): Result<readonly string[], KrrProblem> {
  const strategy = strategyArguments(request.chosen)
  if (!strategy.ok) return strategy
  const scope = scopeArguments(request.scope)
  if (!scope.ok) return scope
  const named = namedArguments([
    ...(kubeconfig === undefined ? [] : [['--kubeconfig', kubeconfig && resolve(kubeconfig), PATH] as const]),
    ...(context === undefined ? [] : [['--context', context, CONTEXT] as const]),
    ...labelOf(request.clusterLabel),
  ])
  if (!named.ok) return named
  return ok([
    ...strategy.value,
    '--formatter=json',
    '--logtostderr',
    ...named.value,
    ...scope.value,
    `--prometheus-url=${gatewayUrl}`,
    // Anything but nothing: with no header of its own krr sends the kubeconfig's token along.
    '--prometheus-auth-header=none',
    ...(maxWorkers === undefined ? [] : [`--max-workers=${Math.max(1, Math.trunc(maxWorkers))}`]),
  ])
}

type Named = readonly [flag: string, text: string, rule: TextRule]
/** Always both: with the value alone krr asks for a label called `None`. */
const labelOf = (label: ClusterLabel | undefined): readonly Named[] =>
  label === undefined
    ? []
    : [
        ['--prometheus-label', label.name, LABEL_NAME],
        ['--prometheus-cluster-label', label.value, LABEL_VALUE],
      ]

function namedArguments(all: readonly Named[]): Result<readonly string[], KrrProblem> {
  const made: string[] = []
  for (const [flag, text, rule] of all) {
    const checked = checkedText(text, rule)
    if (!checked.ok) return checked
    made.push(`${flag}=${checked.value}`)
  }
  return ok(made)
}
