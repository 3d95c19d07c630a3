import { Command } from 'commander'
import { expect, test } from 'vitest'
import { strategyCommand } from '../../src/model/strategy.ts'
import { STRATEGIES, STRATEGY_NAMES } from '../../src/recommender/strategies/all-strategies.ts'
import type { Setting } from '../../src/recommender/strategies/setting.ts'
import { EXIT_CODES } from '../../src/surfaces/cli/exit-codes.ts'
import { addScanFlags } from '../../src/surfaces/cli/scan/scan-flags.ts'
import { DEVIATION_WORDS, MARK_WORDS } from '../../src/surfaces/render/mark-words.ts'

// Made of the objects it describes. `npx vitest run --project unit test/docs -u` writes it again.
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')

function strategies(): string {
  return STRATEGY_NAMES.flatMap((name) => {
    const { summary, settings } = STRATEGIES[name]
    const rows = Object.values<Setting>(settings).map(({ flag, help, fallback, bound }) => [
      `\`--${flag}\``,
      help.replace(/ \(default: .*\)$/, ''),
      String(fallback),
      bound?.says ?? '',
    ])
    return [`### ${strategyCommand(name)}`, summary, table(['setting', '', 'default', 'must be'], rows)]
  }).join('\n\n')
}

function flags(): string {
  const command = new Command('scan')
  addScanFlags(command)
  const shown = command.options.filter(({ hidden, helpGroupHeading }) => !hidden && helpGroupHeading !== 'Settings:')
  return table(
    ['flag', ''],
    shown.map(({ flags: words, description, argChoices }) => [
      `\`${words}\``,
      argChoices === undefined ? description : `${description}: ${argChoices.join(', ')}`,
    ]),
  )
}

test('docs/scan-reference.md is what the program understands and says', async () => {
  const text = [
    '# Scan: reference',
    'Generated from the program. What it is about: [Scanning](scan.md).',
    '## Flags',
    'The common options (cluster, metrics, state) are in [configuration](configuration.md). Dashes and underscores are the same in settings.',
    flags(),
    '## Strategies and their settings',
    strategies(),
    '## Marks',
    'What to know before trusting a row. The numbers are not touched by any of them.',
    table(
      ['mark', ''],
      Object.entries(MARK_WORDS).map(([kind, words]) => [`\`${kind}\``, words]),
    ),
    '## Wanted differences from krr',
    'Each is said with the row it touches. `--compat krr` turns off what can be turned off safely.',
    table(
      ['deviation', ''],
      Object.entries(DEVIATION_WORDS).map(([kind, words]) => [`\`${kind}\``, words]),
    ),
    '## Exit codes',
    table(
      ['code', ''],
      Object.values(EXIT_CODES).map(({ code, means }) => [String(code), means]),
    ),
    '',
  ].join('\n\n')
  await expect(`${text.trimEnd()}\n`).toMatchFileSnapshot('../../docs/scan-reference.md')
})
