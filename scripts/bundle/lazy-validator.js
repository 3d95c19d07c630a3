// Takes the place of the SDK's shim for Node in the bundle. The SDK makes a validator of JSON schemas with every server,
// of 280 KB of Ajv, and uses it for answers to forms that it asked for itself. Ours are judged by our own code.
export { default as process } from 'node:process'
import { createRequire } from 'node:module'

export class DefaultJsonSchemaValidator {
  #validator

  getValidator(schema) {
    this.#validator ??= this.#load()
    return this.#validator.getValidator(schema)
  }

  #load() {
    const { AjvJsonSchemaValidator } = createRequire(import.meta.url)('@modelcontextprotocol/server/validators/ajv')
    return new AjvJsonSchemaValidator()
  }
}
