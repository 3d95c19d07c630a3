import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Message } from '../../../bench/start/handshake.ts'
import { cleanEnvironment } from '../../flow/support/program.ts'

export interface Talk {
  readonly args: readonly string[]
  readonly messages: readonly Message[]
  readonly env?: Readonly<Record<string, string>>
  /** After the last answer, before the program is told to end. */
  readonly atEnd?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>
}
type Answer = Readonly<Record<string, unknown>>

/** Starts Node, says each message after the answer to the one before, and returns the answers once it has ended. */
export async function talkTo({ args, messages, env = {}, atEnd }: Talk): Promise<readonly Answer[]> {
  const environment = { ...cleanEnvironment(), ...env }
  const child = spawn(process.execPath, args, { env: environment, stdio: ['pipe', 'pipe', 'ignore'], timeout: 20_000 })
  const exit = once(child, 'exit')
  const waiting = [...messages]
  const answers: Answer[] = []
  const say = async (): Promise<void> => {
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
      if (message.id !== undefined) return
    }
    await atEnd?.((signal) => void child.kill(signal))
    child.stdin.end()
  }
  await say()
  for await (const line of createInterface({ input: child.stdout })) {
    answers.push(JSON.parse(line) as Answer)
    await say()
  }
  await exit
  return answers
}
