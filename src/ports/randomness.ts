export interface Randomness {
  /** Cryptographically strong. */
  bytes(count: number): Uint8Array
}
