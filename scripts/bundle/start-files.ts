import type { OutputChunk } from 'rolldown'

/** The files of the bundle that are loaded before the server's first answer, the door first. */
export function startFiles(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const door = chunks.find(({ isEntry }) => isEntry)
  const server = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('main/server/run-server.js'))
  if (!door || !server) throw new Error('the bundle has no door, or no server behind it')
  const found = new Set([door, server])
  // A set is visited in the order in which it grows.
  for (const each of found)
    for (const name of each.imports) {
      const file = chunks.find(({ fileName }) => fileName === name)
      if (file) found.add(file)
    }
  return [...found]
}
