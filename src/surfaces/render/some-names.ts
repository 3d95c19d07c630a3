import { plainText } from '../../model/plain-text.ts'

const MOST = 3

/** The first few names, and how many more there are. */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map((name) => plainText(name, 80))
  return names.length > MOST ? `${shown.join(', ')} and ${names.length - MOST} more` : shown.join(', ')
}
