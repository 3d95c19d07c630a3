import type { SimpleSettings } from '../../model/recommendation.ts'

/** krr's own words about its strategy, markup included: part of its JSON. */
export function krrDescription(settings: SimpleSettings): string {
  const buffer = pythonFloat(settings.memoryBufferPercentage)
  return [
    '[b]Simple Strategy[/b]',
    '',
    `CPU request: ${pythonFloat(settings.cpuPercentile)}% percentile, limit: unset`,
    `Memory request: max + ${buffer}%, limit: max + ${buffer}%`,
    `History: ${pythonFloat(settings.historyHours)} hours`,
    `Step: ${pythonFloat(settings.timeframeMinutes)} minutes`,
    '',
    'All parameters can be customized. For example: `krr simple --cpu_percentile=90 --memory_buffer_percentage=15 --history_duration=24 --timeframe_duration=0.5`',
    ...(settings.allowHpa ? [] : ['', ...HPA]),
    '',
    'Learn more: [underline]https://github.com/robusta-dev/krr#algorithm[/underline]',
  ].join('\n')
}

const HPA = [
  'This strategy does not work with objects with HPA defined (Horizontal Pod Autoscaler).',
  'If HPA is defined for CPU or Memory, the strategy will return "?" for that resource.',
  'You can override this behaviour by passing the --allow-hpa flag',
]

/** Python writes a whole float with its `.0`. */
const pythonFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))
