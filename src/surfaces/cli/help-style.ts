import { styleText } from 'node:util'
import type { HelpConfiguration, Option } from 'commander'
import type { CliDeps } from './cli-deps.ts'

const WIDEST = 110

/** krr's settings go by two long names; one of them is enough to read. */
function termOf({ short, long, flags }: Option): string {
  return short?.startsWith('--') && long !== undefined ? flags.replace(`, ${long}`, '') : flags
}

/** Help for people: sections in bold where colours are wanted, not wider than is good to read. */
export function helpStyle({ width, colours }: Pick<CliDeps, 'width' | 'colours'>): HelpConfiguration {
  const bold = (text: string): string => (colours ? styleText('bold', text, { validateStream: false }) : text)
  return { helpWidth: Math.min(width, WIDEST), optionTerm: termOf, styleTitle: bold }
}
