import type { ChosenStrategy } from '../../model/strategy.ts'
import { pythonFloat } from './python-float.ts'

/** krr's own words about its strategy, markup included: part of its JSON. Ours are in the same form. */
export function krrDescription(chosen: ChosenStrategy): string {
  const { title, cpu, example } = wordsOf(chosen)
  const { memoryBufferPercentage, historyHours, timeframeMinutes, allowHpa } = chosen.settings
  const buffer = pythonFloat(memoryBufferPercentage)
  return [
    `[b]${title} Strategy[/b]`,
    '',
    cpu,
    `Memory request: max + ${buffer}%, limit: max + ${buffer}%`,
    `History: ${pythonFloat(historyHours)} hours`,
    `Step: ${pythonFloat(timeframeMinutes)} minutes`,
    '',
    `All parameters can be customized. For example: \`${example} --memory_buffer_percentage=15 --history_duration=24 --timeframe_duration=0.5\``,
    ...(allowHpa ? [] : ['', ...HPA]),
    '',
    'Learn more: [underline]https://github.com/robusta-dev/krr#algorithm[/underline]',
  ].join('\n')
}

interface Words {
  readonly title: string
  readonly cpu: string
  readonly example: string
}
function wordsOf(chosen: ChosenStrategy): Words {
  switch (chosen.strategy) {
    case 'simple':
      return {
        title: 'Simple',
        cpu: `CPU request: ${pythonFloat(chosen.settings.cpuPercentile)}% percentile, limit: unset`,
        example: 'krr simple --cpu_percentile=90',
      }
    case 'simple_limit': {
      const { cpuRequest, cpuLimit } = chosen.settings
      return {
        title: 'Simple_Limit',
        cpu: `CPU request: ${pythonFloat(cpuRequest)}% percentile, limit: ${pythonFloat(cpuLimit)}% percentile`,
        example: 'krr simple_limit --cpu_request=66 --cpu_limit=96',
      }
    }
    case 'usage_aware': {
      const { cpuPercentile, cpuHeadroomPercentage } = chosen.settings
      return {
        title: 'Usage_Aware',
        cpu: `CPU request: ${pythonFloat(cpuPercentile)}% percentile + ${pythonFloat(cpuHeadroomPercentage)}%, never lowered while throttled, limit: unset`,
        example: 'krr-mcp scan --strategy usage-aware --cpu_percentile=99',
      }
    }
  }
}

const HPA = [
  'This strategy does not work with objects with HPA defined (Horizontal Pod Autoscaler).',
  'If HPA is defined for CPU or Memory, the strategy will return "?" for that resource.',
  'You can override this behaviour by passing the --allow-hpa flag',
]
