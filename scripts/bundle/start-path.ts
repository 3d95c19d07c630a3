import type { Plugin, PluginContext } from 'rolldown'

/** Which modules the server loads before its first answer. */
export interface StartPath {
  readonly plugin: Plugin
  /** Of use once the graph is known. */
  readonly has: (id: string) => boolean
}

/** Everything that the module whose path ends so imports statically. */
export function startPath(ending: string): StartPath {
  const found = new Set<string>()
  const visit = (id: string, context: PluginContext): void => {
    const module = context.getModuleInfo(id)
    if (found.has(id) || !module) return
    found.add(id)
    for (const imported of module.importedIds) visit(imported, context)
  }
  return {
    has: (id) => found.has(id),
    plugin: {
      name: 'start-path',
      buildEnd() {
        for (const id of this.getModuleIds()) if (id.endsWith(ending)) visit(id, this)
      },
    },
  }
}
