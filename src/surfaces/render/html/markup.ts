import { plainText } from '../../../model/plain-text.ts'

/** HTML that is known to be whole: made by `markup` only. */
export interface Markup {
  readonly html: string
}
type Piece = string | number | Markup | readonly Markup[]

const LONGEST = 4000
// Most of a page's texts; nothing would be done to them, and a page has a hundred thousand.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/**
 * Template of HTML. Why a tag: every text put in is escaped and rid of hidden characters, for between tags and between
 * quotation marks alike, so a name like `<script>` cannot become one however a page is put together. Attributes must be
 * quoted, and nothing may be put into a tag's name, a style or a script.
 */
export const markup = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => ({
  html: parts.map((part, index) => (index === 0 ? part : `${htmlOf(pieces[index - 1] ?? '')}${part}`)).join(''),
})

export const NOTHING: Markup = { html: '' }

function htmlOf(piece: Piece): string {
  if (typeof piece === 'number') return String(piece)
  if (typeof piece === 'string')
    return escaped(PLAIN.test(piece) && piece.length <= LONGEST ? piece : plainText(piece, LONGEST))
  return 'html' in piece ? piece.html : piece.map(({ html }) => html).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
