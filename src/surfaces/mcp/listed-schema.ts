import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'

type Json = Record<string, unknown>
type Listed<Schema extends StandardSchemaWithJSON> = StandardSchemaWithJSON<
  StandardSchemaWithJSON.InferInput<Schema>,
  StandardSchemaWithJSON.InferOutput<Schema>
>

// The dialect is the protocol's own; how long a text or a list may be is no help in writing one.
const UNSAID = new Set(['$schema', 'minLength', 'maxLength', 'maxItems'])
const plain = (json: Json): Json =>
  JSON.parse(JSON.stringify(json, (key, value: unknown) => (UNSAID.has(key) ? undefined : value))) as Json

/** A schema that checks as before and is listed as `shorten` has it: every listing is paid for in every conversation. */
export function listedSchema<Schema extends StandardSchemaWithJSON>(
  schema: Schema,
  shorten: (json: Json) => Json = plain,
): Listed<Schema> {
  const standard = schema['~standard'] as Listed<Schema>['~standard']
  const { jsonSchema } = standard
  return {
    '~standard': {
      ...standard,
      jsonSchema: {
        input: (options) => shorten(jsonSchema.input(options)),
        output: (options) => shorten(jsonSchema.output(options)),
      },
    },
  }
}
