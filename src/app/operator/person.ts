/** A person at an interactive terminal. What is shown and typed goes past the model's client altogether. */
export interface Person {
  /** False where there is no terminal to read from: then nothing can be decided. */
  readonly interactive: boolean
  show(text: string): void
  /** What was typed; null at the end of input or Ctrl-C. */
  read(prompt: string): Promise<string | null>
}
