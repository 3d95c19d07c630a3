/** Examples under a command's help: what to type, and what for. */
export function examples(...lines: readonly (readonly [typed: string, what: string])[]): string {
  const longest = Math.max(...lines.map(([typed]) => typed.length))
  return ['', 'Examples:', ...lines.map(([typed, what]) => `  ${typed.padEnd(longest)}  ${what}`)].join('\n')
}
