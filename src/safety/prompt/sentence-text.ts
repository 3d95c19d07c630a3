import { safeText } from '../../model/safe-text.ts'

/**
 * A sentence of a check or a reason: ours, with quoted words of others in it. What stands between quotation marks stays
 * between them, also where a long one is cut; else the rest of our text would read as part of the quotation, or the reverse.
 */
export function sentenceText(text: string, most: number): string {
  let isOpen = false
  const marked = safeText(text, most).replace(/[“”]/g, (mark) => {
    if ((mark === '“') === isOpen) return "'"
    isOpen = !isOpen
    return mark
  })
  return isOpen ? `${marked}”` : marked
}
