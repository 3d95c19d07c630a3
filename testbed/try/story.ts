import { ROWS } from './company.ts'
import type { Narrator } from './narrator.ts'
import { runHere, runScripted } from './run-command.ts'

export interface Stage {
  readonly namespace: string
  readonly environment: Readonly<Record<string, string>>
  readonly say: Narrator
}
interface Scene {
  readonly tell: string
  readonly command: readonly string[]
  /** The exit codes with which the story is told as it should be. */
  readonly ends: readonly number[]
  readonly asks?: true
}

const ROLLED_BACK = 5

const scenes = (namespace: string): readonly Scene[] => [
  {
    tell: 'Scan: what the company asks for, and what krr would give it. Reads only.',
    command: ['scan', '-n', namespace],
    ends: [0],
  },
  { tell: 'Explain: where the numbers of web come from.', command: ['explain', String(ROWS.web)], ends: [0] },
  {
    tell: 'Preview: a frozen plan for web, tried by the API server, applied to nothing.',
    command: ['preview', '--rows', String(ROWS.web)],
    ends: [0],
  },
  { tell: 'Apply: a person reads the plan and types the phrase.', command: ['apply'], ends: [0], asks: true },
  {
    tell: 'A change that hurts: cache needs more at its start than any scrape has seen. Lowering a limit must be chosen by name.',
    command: ['preview', '--rows', String(ROWS.cache), '--only', 'memory_requests,memory_limits'],
    ends: [0],
  },
  {
    tell: 'Approved all the same; its pods are OOM-killed, and the approved undo runs by itself.',
    command: ['apply'],
    ends: [ROLLED_BACK],
    asks: true,
  },
  { tell: 'History.', command: ['history'], ends: [0] },
  { tell: 'Audit: every step is on record, and the record is whole.', command: ['audit', 'verify'], ends: [0] },
]

/** Tells the story with the ordinary commands. A scene that ends otherwise than it should ends the story with an error. */
export async function tellStory({ namespace, environment, say }: Stage): Promise<number> {
  const person = process.stdin.isTTY && process.stdout.isTTY
  if (!person) say.text('There is no terminal here: a SCRIPTED PERSON types the approvals, through a pseudo-terminal.')
  for (const { tell, command, ends, asks } of scenes(namespace)) {
    say.heading(tell)
    say.command(command.join(' '))
    const run = asks && !person ? runScripted : runHere
    const code = await run(command, environment)
    if (ends.includes(code)) continue
    say.text(`The story ends here: krr-mcp ${command.join(' ')} ended with ${code}, not with ${ends.join(' or ')}.`)
    return 1
  }
  say.heading('Told. Nothing of it is left on this machine.')
  return 0
}
