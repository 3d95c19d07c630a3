// The door of the published form (`npm run bundle`).
import { keepCompiled } from './keep-compiled.ts'
import { isServer, runProgram } from './program.ts'

// Not for the worker and not for the terminal: what writes to a cluster, and what takes a person's yes, runs nothing
// that was ever lying in a cache. A host starts a server for every conversation; the others start once in a while.
if (isServer()) keepCompiled(process.env)
process.exitCode = await runProgram()
