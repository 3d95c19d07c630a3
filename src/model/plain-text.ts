import { stripVTControlCharacters } from 'node:util'

// Controls, format characters (bidirectional marks, zero width, tags), lone surrogates, private use, separators.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu

/**
 * Text of a cluster, a server, a file or another program as one line for a message, a terminal or a model: whatever could
 * move a cursor, colour, turn the reading direction or hide becomes a space, and the rest is at most `most` characters
 * long. Where it stands inside our own sentence that a person answers to, `safeText` is the stricter one.
 */
export function plainText(text: string, most = 300): string {
  // Cut first: a name of many megabytes must not cost that much work.
  const line = stripVTControlCharacters(text.slice(0, 8 * most))
    .replace(UNSEEN, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line
}
