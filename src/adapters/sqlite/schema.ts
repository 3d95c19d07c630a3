/** One schema for every store. Text columns hold canonical JSON; the hashes over it are the proof, the triggers a guard. */
export interface Schema {
  entry: {
    seq: number
    at: string
    actor: string
    event: string
    payload: string | null
    previous: string
    hash: string
  }
  payload: { hash: string; text: string }
  lease: { execution: string; fence: number; pid: number; beat: string }
}
