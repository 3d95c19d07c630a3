import type { Plugin } from 'rolldown'

// Measured on Node 24.21: `import 'node:crypto'` costs 6 ms, 'node:util' 4 and 'node:process' 3, of some 80 to the first
// answer, because a namespace is made of every export, and that reads every lazy getter. Taken from the module itself
// they cost nothing, or, for crypto, what its first use costs.
const BUILTINS = ['crypto', 'fs', 'module', 'os', 'path', 'process', 'timers/promises', 'util'].map(
  (name) => `node:${name}`,
)
const MARK = '\0quick:'

export const isQuickBuiltin = (id: string): boolean => BUILTINS.includes(id)

const isName = (key: string): boolean => /^[a-z_$][\w$]*$/i.test(key) && key !== 'default'

/** `crypto` is not even loaded before one of its functions is called; classes and constants are read at once. */
function oneExport(builtin: string, key: string, value: unknown): string {
  const from = `process.getBuiltinModule('${builtin}')`
  const isFunction = builtin === 'node:crypto' && typeof value === 'function' && /^[a-z]/.test(key)
  return isFunction
    ? `export const ${key} = (...args) => ${from}.${key}(...args)`
    : `export const ${key} = /*#__PURE__*/ (() => ${from}.${key})()`
}

function moduleOf(builtin: string): string {
  const value = `/*#__PURE__*/ (() => process.getBuiltinModule('${builtin}'))()`
  // A named import of `process` is one of a global that changes; nobody needs it.
  if (builtin === 'node:process') return `export default ${value}`
  const entries = Object.entries(process.getBuiltinModule(builtin) as object)
  const names = entries.filter(([key]) => isName(key)).map(([key, each]) => oneExport(builtin, key, each))
  return [...names, `export default ${value}`].join('\n')
}

/** Node's own modules without their ESM namespace. */
export const quickBuiltins: Plugin = {
  name: 'quick-builtins',
  // One for each importer: shared, it would lie in one chunk, and whoever needs it would load that chunk.
  resolveId: (id, importer) => (isQuickBuiltin(id) ? `${MARK}${id}?${importer}` : undefined),
  load(id) {
    if (!id.startsWith(MARK)) return undefined
    return { code: moduleOf(id.slice(MARK.length, id.indexOf('?'))), moduleSideEffects: false }
  },
}
