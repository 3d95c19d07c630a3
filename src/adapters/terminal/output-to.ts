/**
 * Writes to a stream of this process. A reader that has gone (`| head`) ends the writing, not the program: what it was
 * doing may still have to be finished.
 */
export function outputTo(stream: NodeJS.WritableStream): (text: string) => void {
  let open = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    open = false
  })
  return (text) => {
    if (open) stream.write(text)
  }
}
