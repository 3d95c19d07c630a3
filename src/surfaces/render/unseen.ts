/** A line break is part of a text's form; everything else of these could move a cursor, turn the reading direction or hide. */
export const UNSEEN: RegExp = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
