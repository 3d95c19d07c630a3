import { stripVTControlCharacters } from 'node:util'

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\s]+/gu

/** Text of a server on its way into a message: it is untrusted, so one line, nothing invisible, at most `cap` characters. */
export function serverText(text: string, cap = 300): string {
  const line = stripVTControlCharacters(text.slice(0, 20 * cap))
    .replace(INVISIBLE, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length > cap ? `${characters.slice(0, cap).join('')}…` : line
}
