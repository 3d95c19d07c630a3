/** First words of every recording. */
export const RECORDING_FORMAT = 'krr-mcp recording'
/** Raised when a reader of today would misread a file of tomorrow. */
export const RECORDING_VERSION = 1

/** How large a recording may be. The same for writing and for reading, so that what was written can be read. */
export interface RecordingLimits {
  /** Bytes on disk. */
  readonly file: number
  /** Bytes of all answers, decompressed. */
  readonly text: number
  /** Bytes of one answer, decompressed. */
  readonly answer: number
}

const MEBIBYTE = 2 ** 20
// A few kilobytes can unpack to gigabytes; what is read here comes from other people.
export const RECORDING_LIMITS: RecordingLimits = {
  file: 256 * MEBIBYTE,
  text: 512 * MEBIBYTE,
  answer: 64 * MEBIBYTE,
}
