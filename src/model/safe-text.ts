/** Invisible or reordering: controls, line breaks of every kind, format characters, fillers that look like nothing. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu
// Right-to-left letters need no control character to reorder the digits and arrows beside them.
const REORDERING = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/gu
// An underscore inside a word is no markup, and names of users and keys have it.
const MARKUP = /[\\`*{}[\]<>#|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g
// The full-width twin looks the same to a person and means nothing to Markdown, HTML or a shell.
const fullWidth = (mark: string): string => String.fromCodePoint((mark.codePointAt(0) ?? 0) + 0xfee0)

/** Text that another wrote, as one line that cannot hide, reorder or mark up anything; at most `most` characters. */
export function safeText(text: string, most = 253): string {
  // Cut first: ten megabytes of name must not cost ten megabytes of work. Every step below maps one character to one or none.
  const characters = Array.from(text.slice(0, most * 8).normalize('NFC'))
  const cut = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
  return (
    cut
      .replace(/\p{Zs}/gu, ' ')
      .replace(HIDDEN, '\uFFFD')
      .replace(REORDERING, '\uFFFD')
      .replace(MARKUP, fullWidth)
      .replace(/→/g, '＞')
      .replace(/ {2,}/g, ' ')
      .trim()
      // Our own lines begin with a dash and a space, also where their line breaks got lost.
      .replace(/-(?![^ ])/g, '–')
  )
}

/** A word as a cluster allows it: it holds no space, so it cannot pass for a sentence or a line of ours. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/

/** Another's text inside our sentence: bare when it is one plain word, else between quotation marks it cannot close. */
export function quoted(text: string, most = 253): string {
  const safe = safeText(text, most)
  return PLAIN_WORD.test(safe) ? safe : `“${safe.replace(/["“”„‟«»]/g, "'")}”`
}
