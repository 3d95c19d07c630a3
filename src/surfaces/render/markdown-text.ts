import { safeText } from '../../model/safe-text.ts'

/**
 * Text of others in Markdown, as text: it cannot mark up, break a cell, link, or call a person by name (a chat notifies
 * whoever stands behind an @).
 */
export const markdownText = (text: string, most = 400): string =>
  safeText(text, most)
    .replaceAll('@', '＠')
    .replace(/:\/\//g, '：//')
    .replace(/\bwww\./gi, 'www．')

/** A name of others between backticks, which it cannot close. */
export const markdownCode = (text: string): string => `\`${safeText(text, 200) || ' '}\``
