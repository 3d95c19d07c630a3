import { plainText } from '../../../model/plain-text.ts'
import { problem, type Problem } from '../../../model/problem.ts'
import type { Scope } from '../../../model/observation.ts'

const LABEL = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const MOST_PER_PAGE = 10_000

/** Why a scope's settings for jobs cannot be used; undefined when they can. */
export function jobSettingsProblem({ jobGrouping, jobPages }: Scope): Problem | undefined {
  const wrong = jobGrouping?.labels.find((label) => !LABEL.test(label))
  if (wrong !== undefined)
    return refuse(
      `${plainText(wrong, 80)} is no name of a label to group jobs by`,
      'Write one such as `app` or `example.com/team`.',
    )
  if (jobGrouping && !isCount(jobGrouping.limit, Number.MAX_SAFE_INTEGER))
    return refuse('The number of jobs per group is no whole number from 1 on', 'Write one, such as 500.')
  if (jobPages && !(isCount(jobPages.size, MOST_PER_PAGE) && isCount(jobPages.most, Number.MAX_SAFE_INTEGER)))
    return refuse(
      `The number of jobs per page, or of pages, is no whole number from 1 on (at most ${MOST_PER_PAGE} jobs per page)`,
      'Write one, such as 500 jobs and 100 pages.',
    )
  return undefined
}

const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most
const refuse = (why: string, next: string): Problem => problem('bad_setting', `${why}.`, next)
