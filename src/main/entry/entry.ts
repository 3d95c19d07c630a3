// The door of what was built and not bundled.
import { runProgram } from './program.ts'

process.exitCode = await runProgram()
