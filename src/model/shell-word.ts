/** A word as it can be pasted into a POSIX shell; a single quote is the only character that it reads inside single quotes. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
