interface Annotations {
  readonly readOnlyHint: boolean
  readonly destructiveHint: boolean
  readonly idempotentHint: boolean
  readonly openWorldHint: boolean
}
const annotations = (readOnlyHint: boolean, destructiveHint: boolean, idempotentHint: boolean): Annotations =>
  Object.freeze({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint: true })

/** Looks, and changes nothing but our own journal. */
export const LOOKS: Annotations = annotations(true, false, true)
/** Makes a plan or asks a question: an entry in the journal, never a change of a cluster. */
export const PROPOSES: Annotations = annotations(false, false, false)
/** Only forbids further writes. */
export const STOPS: Annotations = annotations(false, false, true)
/** Starts what a person approved. */
export const CHANGES: Annotations = annotations(false, true, false)
