import { blocks, type CheckResult } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { sentenceText } from './sentence-text.ts'

const MOST_SUBJECTS = 5
const MOST_CHARACTERS = 600

interface Kind {
  readonly title: string
  readonly belongs: (check: CheckResult) => boolean
}
const KINDS: readonly Kind[] = [
  { title: 'BLOCKED', belongs: blocks },
  { title: 'Hazard', belongs: ({ verdict }) => verdict === 'warn' },
  { title: 'Note', belongs: ({ verdict }) => verdict === 'note' },
]

function line(title: string, same: readonly CheckResult[]): string {
  const [first] = same
  if (!first) return ''
  const subjects = same.map(({ subject }) => quoted(subject, 400))
  const more = subjects.length > MOST_SUBJECTS ? ` and ${subjects.length - MOST_SUBJECTS} more` : ''
  const who = `${subjects.slice(0, MOST_SUBJECTS).join(', ')}${more}`
  const next = first.next === '' ? '' : ` ${sentenceText(first.next, MOST_CHARACTERS)}`
  return `- ${title} (${quoted(first.check, 60)}), ${who}: ${sentenceText(first.message, MOST_CHARACTERS)}${next}`
}

/** What the checks found, worst first; the same finding on several workloads is one line. What passed is a number. */
export function checkLines(checks: readonly CheckResult[]): readonly string[] {
  const lines = KINDS.flatMap(({ title, belongs }) => {
    const groups = Map.groupBy(checks.filter(belongs), ({ check, message }) => `${check} ${message}`)
    return [...groups.values()].map((same) => line(title, same))
  })
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length
  return [`- Checks: ${passed} passed, ${checks.length - passed} with something to say`, ...lines]
}
