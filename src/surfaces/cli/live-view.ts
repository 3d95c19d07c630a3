export interface LiveView {
  /** Puts these lines in the place of the ones before. */
  draw(lines: readonly string[]): void
  clear(): void
}

const NO_WRAP = '\u001b[?7l'
const WRAP = '\u001b[?7h'

/** A few lines of a terminal that are drawn again and again. */
export function liveView(out: (text: string) => void, width: number): LiveView {
  let height = 0
  const clip = (line: string): string =>
    line.length > width
      ? `${Array.from(line)
          .slice(0, Math.max(1, width - 1))
          .join('')}…`
      : line
  const back = (): string => (height === 0 ? '' : `\u001b[${height}A\r\u001b[0J`)
  return {
    draw(lines) {
      // A line that wrapped would take two rows, and the next drawing would begin one too low.
      out(`${back()}${NO_WRAP}${lines.map(clip).join('\n')}\n${WRAP}`)
      height = lines.length
    },
    clear() {
      out(back())
      height = 0
    },
  }
}
