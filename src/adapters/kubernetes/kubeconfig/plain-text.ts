/** Controls, line breaks, bidirectional marks, zero-width and other format characters, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu

/**
 * Text of a server, a file or another program, made harmless for a message: one line, at most `most` characters.
 * It is untrusted: it could hide instructions, move a terminal's cursor or turn the reading direction.
 */
export function plainText(text: string, most = 300): string {
  const line = text.replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim()
  // Not in the middle of a surrogate pair.
  return line.length > most ? `${line.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : line
}
