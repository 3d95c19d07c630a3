import { EXIT_CODES } from './exit-codes.ts'

/** The table of exit codes for the help. */
export const exitCodesText = (): string =>
  ['Exit codes:', ...Object.values(EXIT_CODES).map(({ code, means }) => `  ${String(code).padEnd(3)}  ${means}`)].join(
    '\n',
  )
