import { config } from 'zod'

// zod writes a function for each object schema when it first parses with it. For the few messages before the first answer
// that costs more than it saves (4 ms of 80), and a schema keeps what held when it was made: to be imported before the others.
config({ jitless: true })

/** From now on schemas are compiled again: the answers of a cluster have thousands of objects. */
export const compileSchemas = (): void => void config({ jitless: false })
