import type { Plugin } from 'rolldown'

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * One character beyond ASCII, in one message, makes V8 hold and parse the whole file at two bytes for each character.
 * Only the chunk of that name, which every start loads, is worth it.
 */
export const asciiOnly = (name: string): Plugin => ({
  name: 'ascii-only',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || chunk.name !== name || !/[^\0-\x7f]/.test(chunk.code)) continue
      // There alone an escape is not what it stands for.
      if (chunk.code.includes('String.raw')) throw new Error(`${chunk.fileName} has raw templates, and more than ASCII`)
      chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped)
    }
  },
})
