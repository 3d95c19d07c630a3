import { styleText } from 'node:util'

/** Says what happens next and why, apart from what the commands themselves print. */
export interface Narrator {
  readonly heading: (text: string) => void
  readonly text: (text: string) => void
  readonly command: (line: string) => void
}

export function narrator(): Narrator {
  const write = (text: string): void => void process.stdout.write(`${text}\n`)
  return {
    heading: (text) => write(`\n${styleText('bold', `# ${text}`)}\n`),
    text: (text) => write(`${text}\n`),
    command: (line) => write(styleText('cyan', `$ krr-mcp ${line}`)),
  }
}
