import type { Scope } from '../../model/observation.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { WORKLOAD_KINDS } from '../../model/workload.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'
import { checkedText } from './checked-text.ts'
import type { TextRule } from './checked-text.ts'
import { badArgument } from './krr-problem.ts'

const NAMESPACE: TextRule = {
  what: 'a namespace or a pattern for namespaces',
  // krr refuses a pattern that begins with an asterisk, and dies of `*` alone.
  allows: /^[a-z0-9.([^\\][-a-z0-9.\\*|()?[\]^$+{},]{0,199}$/,
  next: 'write a name, a regular expression such as `shop-.*`, or `*` for all namespaces',
}
const KIND: TextRule = {
  what: 'a kind that is scanned',
  allows: new RegExp(`^(${WORKLOAD_KINDS.join('|')})$`, 'i'),
  next: `name one of ${WORKLOAD_KINDS.join(', ')}, or none for all of them`,
}
const SELECTOR: TextRule = {
  what: 'a label selector',
  allows: /^[A-Za-z0-9!][A-Za-z0-9._/,=!() -]*$/,
  next: 'write it as for kubectl: `app=web,tier!=cache`',
}
const LABEL: TextRule = {
  what: 'the name of a label',
  allows: /^([a-z0-9][a-z0-9.-]*\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  next: 'write label names such as `app.kubernetes.io/name`',
}

/** krr's filters. Those that krr does not have are left out: its rows are chosen from afterwards. */
export function scopeArguments(scope: Scope): Result<readonly string[], KrrProblem> {
  const { namespaces, kinds, selector, jobGrouping, jobPages } = scope
  return inOrder([
    ...namespaces.map((each) => flag('--namespace', NAMESPACE, each === '*' ? '.*' : each.toLowerCase())),
    // krr dies of `*`, which can only mean all.
    ...(kinds.includes('*') ? [] : kinds.map((each) => flag('--resource', KIND, each))),
    ...(selector === undefined ? [] : [flag('--selector', SELECTOR, selector)]),
    ...(jobGrouping ? [groupingFlag(jobGrouping.labels), countFlag('--job-grouping-limit', jobGrouping.limit)] : []),
    ...(jobPages
      ? [
          countFlag('--discovery-job-batch-size', jobPages.size),
          countFlag('--discovery-job-max-batches', jobPages.most),
        ]
      : []),
  ])
}

type Argument = Result<string, KrrProblem>
function flag(name: string, rule: TextRule, text: string): Argument {
  const checked = checkedText(text, rule)
  return checked.ok ? ok(`${name}=${checked.value}`) : checked
}
function groupingFlag(labels: readonly string[]): Argument {
  const checked = inOrder(labels.map((label) => checkedText(label, LABEL)))
  if (!checked.ok) return checked
  if (labels.length > 0) return ok(`--job-grouping-labels=${checked.value.join(',')}`)
  return failed(badArgument('jobs are to be grouped by no label', LABEL.next))
}
const countFlag = (name: string, count: number): Argument =>
  Number.isSafeInteger(count) && count >= 1
    ? ok(`${name}=${count}`)
    : failed(badArgument(`${name} is ${count}`, 'give a whole number, at least 1'))

function inOrder(all: readonly Argument[]): Result<readonly string[], KrrProblem> {
  const texts: string[] = []
  for (const each of all) {
    if (!each.ok) return each
    texts.push(each.value)
  }
  return ok(texts)
}
