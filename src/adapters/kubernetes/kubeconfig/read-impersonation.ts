import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { Impersonation } from './cluster-connection.ts'
import type { UserEntry } from './kubeconfig-entries.ts'

/** Whom to act as: what the operator chose, else what the user entry says; undefined = oneself. */
export function readImpersonation(
  user: UserEntry,
  chosen: Impersonation | undefined,
): Result<Impersonation | undefined> {
  const asked = chosen ?? fromEntry(user)
  const more = asked.groups.length > 0 || asked.uid !== undefined || asked.extra !== undefined
  if (asked.user === '' && !more) return ok(undefined)
  // The server takes no groups without a user; dropping them would act with more rights than asked for.
  if (asked.user === '') return failed(withoutUser)
  return isSendable(asked) ? ok(asked) : failed(notAscii)
}

// The names travel in header lines; one with a line break would bring headers of its own.
const isSendable = ({ user, uid = '', groups, extra = {} }: Impersonation): boolean =>
  [user, uid, ...groups, ...Object.values(extra).flat()].every((name) => /^[\x20-\x7e]*$/.test(name)) &&
  // An extra's name becomes part of a header's name, percent-encoded but for these.
  Object.keys(extra).every((key) => /^[\x20-\x7e]+$/.test(key) && !/[()]/.test(key))

function fromEntry(user: UserEntry): Impersonation {
  const uid = user['as-uid']
  const extra = user['as-user-extra']
  return { user: user.as ?? '', groups: user['as-groups'] ?? [], ...(uid ? { uid } : {}), ...(extra ? { extra } : {}) }
}

const notAscii = problem(
  'kubeconfig_field_unsupported',
  'A user, a group or an extra to be impersonated has characters that cannot be sent.',
  'Use letters, digits and signs of ASCII only.',
)
const withoutUser = problem(
  'kubeconfig_field_unsupported',
  'Groups, a uid or extras are to be impersonated, but no user is.',
  'Name the user to act as, too (`as` in the kubeconfig, `--as` on the command line).',
)
