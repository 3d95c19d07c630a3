import type { Person } from '../../../src/app/operator/person.ts'

/** What is typed next, given everything that is on the screen; null: Ctrl-C. */
export type Typing = (screen: string) => string | null | Promise<string | null>
export interface ScriptedPerson extends Person {
  readonly screen: () => string
  /** How often something was read. */
  readonly asked: () => number
}

/** The phrase that the screen asks for, as a person reads it. */
export function phraseOn(screen: string): string {
  const found = [...screen.matchAll(/type exactly: {2}(.+)$/gm)].at(-1)?.[1]
  if (found === undefined) throw new Error(`nothing to type on the screen:\n${screen}`)
  return found
}

/** A person who does one thing after another; with nothing left to do, the end of input. */
export function scripted(...typings: readonly Typing[]): ScriptedPerson {
  const shown: string[] = []
  let asked = 0
  return {
    interactive: true,
    show: (text) => void shown.push(text),
    async read() {
      const typing = typings[asked]
      asked += 1
      return (await typing?.(shown.join('\n'))) ?? null
    },
    screen: () => shown.join('\n'),
    asked: () => asked,
  }
}
/** Nobody at a terminal: a pipe, an agent's shell. */
export const nobody = (): ScriptedPerson => ({ ...scripted(phraseOn), interactive: false })
