import { quoted } from '../../model/safe-text.ts'
import { finding, type Check, type Finding } from './check.ts'
import type { Snapshot } from './snapshot.ts'

function find({ binding }: Snapshot): readonly Finding[] {
  if (!binding) return []
  const share = `${binding.matched} of ${binding.running} running pods of this cluster appear in the metrics`
  if (binding.kind === 'unbound')
    return [
      finding(
        'block',
        `The usage may be another cluster's: ${share} (${quoted(binding.reason)}).`,
        "Point --prometheus-url at this cluster's metrics and scan again.",
      ),
    ]
  return binding.matched < binding.running ? [finding('note', `${share}.`, '')] : []
}

export const otherUsage: Check = {
  name: 'other-usage',
  verdict: 'block',
  why: "Workloads have the same names in staging and in production: numbers from the other cluster's metrics look perfectly reasonable.",
  find,
}
