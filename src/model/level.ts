/**
 * How sure we are that a person, and not the model or its host, said yes; weakest first.
 * A level that is not built, not enrolled or not reachable denies.
 */
export const LEVELS = ['client', 'terminal', 'passphrase', 'passkey', 'two-person'] as const
export type Level = (typeof LEVELS)[number]

/** Does a decision at `given` satisfy a demand for `needed`? */
export const satisfies = (given: Level, needed: Level): boolean => LEVELS.indexOf(given) >= LEVELS.indexOf(needed)
export const stricter = (a: Level, b: Level): Level => (satisfies(a, b) ? a : b)
