import { stripVTControlCharacters } from 'node:util'

// Controls, format characters (bidirectional marks, zero width, tags), lone surrogates, private use, separators.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/**
 * Text of a cluster or a server for one line of a terminal, a chat or a page: whatever could move a cursor, colour,
 * turn the reading direction or hide is taken out, and the rest is at most `cap` characters long.
 */
export function plainText(text: string, cap = 200): string {
  // Cut first: a name of many megabytes must not cost that much work.
  const seen = stripVTControlCharacters(text.slice(0, 8 * cap)).replace(UNSEEN, '')
  const characters = Array.from(seen)
  return characters.length > cap ? `${characters.slice(0, cap - 1).join('')}…` : seen
}
