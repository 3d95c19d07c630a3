/** The exit codes, documented in `--help` from this very table: scripts rely on them. */
export const EXIT_CODES = {
  done: { code: 0, means: 'done' },
  error: { code: 1, means: 'it could not be carried out' },
  usage: { code: 2, means: 'the command line or a setting is wrong' },
  blocked: { code: 3, means: 'blocked by a check, policy, --fail-on or what has changed meanwhile' },
  notApproved: { code: 4, means: 'not approved: no person said yes' },
  rolledBack: { code: 5, means: 'it failed and was undone, wholly or in part' },
  needsHuman: { code: 6, means: 'a person must look' },
  interrupted: { code: 130, means: 'Ctrl-C: a scan is stopped, an execution that was watched goes on' },
} as const

export type Outcome = keyof typeof EXIT_CODES
export const exitCode = (outcome: Outcome): number => EXIT_CODES[outcome].code
