import { problem, type Problem } from '../../../model/problem.ts'
import { failed, type Failed } from '../../../model/result.ts'
import { plainText } from '../../../model/plain-text.ts'
import { isKubernetesName } from './kubernetes-name.ts'

/** A problem when one of these could not be the name of a namespace or a workload. */
export function refuseNames(...names: readonly string[]): Failed<Problem> | undefined {
  const wrong = names.find((name) => !isKubernetesName(name))
  if (wrong === undefined) return undefined
  return failed(
    problem(
      'bad_setting',
      `${plainText(wrong, 80)} is no name of a Kubernetes object.`,
      'Use lower-case letters, digits, dots and dashes.',
    ),
  )
}
