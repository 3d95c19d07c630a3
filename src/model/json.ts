/** What JSON can say. Kubernetes objects are read as this, verbatim, and never reserialised on the way to a test operation. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}
