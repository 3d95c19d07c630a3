import { UNSEEN } from './unseen.ts'

/** Indented JSON whose characters can all be seen: the others are escapes, which mean the same to every reader. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(UNSEEN, (character) =>
    // Beyond the first 65536 by halves, as JSON has it.
    Array.from({ length: character.length }, (_, at) => escape(character.charCodeAt(at))).join(''),
  )

const escape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`
