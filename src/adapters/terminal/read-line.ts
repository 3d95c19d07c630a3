import { createInterface } from 'node:readline'

/**
 * One line as it is typed at the terminal; null at Ctrl-C and at the end of input. The terminal is left as it was found,
 * and nothing is kept: no history in which an answer could be found again.
 */
export function readLine(prompt: string): Promise<string | null> {
  const { stdin: input, stdout: output } = process
  const lines = createInterface({ input, output, terminal: true, historySize: 0, prompt })
  return new Promise((resolve) => {
    let typed: string | null = null
    lines.once('line', (line) => {
      typed = line
      lines.close()
    })
    lines.once('SIGINT', () => {
      output.write('\n')
      lines.close()
    })
    lines.once('close', () => {
      // Else the process would wait for a next line that nobody asks for.
      input.pause()
      resolve(typed)
    })
    lines.prompt()
  })
}
