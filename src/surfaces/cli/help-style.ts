import { stripVTControlCharacters, styleText } from 'node:util'
import { Help, type Command, type HelpConfiguration, type Option } from 'commander'
import type { CliDeps } from './cli-deps.ts'

const WIDEST = 110
const COMMON = 'Which cluster, metrics, policy and journal: the common options of krr-mcp --help work here too.\n'

/** krr's settings go by two long names; one of them is enough to read. */
function termOf({ short, long, flags }: Option): string {
  return short?.startsWith('--') && long !== undefined ? flags.replace(`, ${long}`, '') : flags
}

const isOptions = (section: string): boolean => /^(common )?options:/i.test(stripVTControlCharacters(section))

/** Commands before options: people look for what it can do first. */
function format(command: Command, helper: Help): string {
  const text = Help.prototype.formatHelp.call(helper, command, helper).trimEnd()
  const sections = text.split('\n\n')
  const inOrder = [...sections.filter((each) => !isOptions(each)), ...sections.filter(isOptions)].join('\n\n')
  return command.parent ? `${command.commands.length > 0 ? inOrder : text}\n\n${COMMON}` : `${inOrder}\n`
}

/** Help for people: sections in bold where colours are wanted, not wider than is good to read. */
export function helpStyle({ width, colours }: Pick<CliDeps, 'width' | 'colours'>): HelpConfiguration {
  const bold = (text: string): string => (colours ? styleText('bold', text, { validateStream: false }) : text)
  return { helpWidth: Math.min(width, WIDEST), optionTerm: termOf, styleTitle: bold, formatHelp: format }
}
