import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { expect, test } from 'vitest'
import { allChecks } from '../../src/safety/checks/all-checks.ts'
import { makeServer } from '../../src/surfaces/mcp/make-server.ts'
import { COMMON_OPTIONS } from '../../src/surfaces/options/common-options.ts'
import { failed } from '../../src/model/result.ts'
import { problem } from '../../src/model/problem.ts'

// Pages that are made of the objects they describe. `npx vitest run --project unit test/docs -u` writes them again.
const page = (title: string, intro: string, lines: readonly string[]): string =>
  [`# ${title}`, '', intro, '', ...lines, ''].join('\n')
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows.map((cells) => row(...cells)),
]

interface Schema {
  readonly properties?: Readonly<
    Record<string, { type?: string; description?: string; enum?: string[]; default?: unknown }>
  >
  readonly required?: readonly string[]
}

test('docs/tools.md describes the tools as they are listed', async () => {
  const nothing = failed(problem('no_kubeconfig', '', ''))
  const server = makeServer({ version: '0', ports: () => Promise.resolve(nothing) })
  const client = new Client({ name: 'docs', version: '0' })
  const [here, there] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(there), client.connect(here)])
  const { tools } = await client.listTools()
  await client.close()
  const lines = tools.flatMap(({ name, description, inputSchema, annotations }) => {
    const { properties = {}, required = [] } = inputSchema as Schema
    const inputs = Object.entries(properties).map(([key, { type = '', description: what = '', default: preset }]) => [
      `\`${key}\`${required.includes(key) && preset === undefined ? ' (required)' : ''}`,
      type,
      [what, preset === undefined ? '' : `default: ${JSON.stringify(preset)}`].filter((part) => part !== '').join('; '),
    ])
    const hints = Object.entries(annotations ?? {}).flatMap(([hint, value]) => (value === true ? [hint] : []))
    return [
      `## ${name}`,
      '',
      description ?? '',
      '',
      `Hints: ${hints.join(', ')}.`,
      '',
      ...table(['input', 'type', ''], inputs),
      '',
    ]
  })
  const intro =
    'Generated from the tools themselves. Every result is `{status, headline, cluster, changed_cluster, next, data}`, in structured content and in text.'
  await expect(page('Tools', intro, lines.slice(0, -1))).toMatchFileSnapshot('../../docs/tools.md')
})

test('docs/checks.md is the table of all checks', async () => {
  const rows = allChecks.map(({ name, verdict, why }) => [name, verdict, why])
  const intro =
    'Generated from the checks themselves. Besides these, every request is tried by the API server (`dry-run`, `admission`) and every undo is proven to restore what was there (`undo`). A check whose input could not be read says `unknown`, and blocks.'
  const text = page('Checks', intro, table(['check', 'verdict', 'why it exists'], rows))
  await expect(text).toMatchFileSnapshot('../../docs/checks.md')
})

test('docs/configuration.md is the table of all options', async () => {
  const rows = COMMON_OPTIONS.map(({ flag, short, value, env, help }) => [
    `${short === undefined ? '' : `\`-${short}\`, `}\`--${flag}${value === undefined ? '' : ` ${value}`}\``,
    env === undefined ? '' : `\`${env}\``,
    help,
  ])
  const intro =
    'Generated from the options themselves. A flag beats the environment. Only the operator sets these; no tool takes them.'
  const text = page('Configuration', intro, table(['flag', 'environment', ''], rows))
  await expect(text).toMatchFileSnapshot('../../docs/configuration.md')
})
