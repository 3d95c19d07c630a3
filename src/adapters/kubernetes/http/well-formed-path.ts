/**
 * Is this path read in the same way by everybody on its way? A fragment, a dot segment, a backslash, an encoded slash or a
 * character beyond ASCII is cut or rewritten by some proxies, and what a guard allowed would not be what arrives.
 */
export function isWellFormedPath(path: string): boolean {
  if (!/^\/(?:[\x21\x22\x24\x26-\x5b\x5d-\x7e]|%[0-9a-f]{2})*$/i.test(path)) return false
  const segments = (path.split('?', 1)[0] ?? '').slice(1).split('/')
  return segments.every((segment) => /^(?!\.{1,2}$)[\w.~:-]+$/.test(segment))
}
