import type { UnscannedWorkload } from '../../model/observation.ts'
import { plainText } from '../../model/plain-text.ts'
import { counted } from './counted.ts'
import { someNames } from './some-names.ts'

/** What runs and has no row, in one line per reason. */
export function unscannedText(unscanned: readonly UnscannedWorkload[]): readonly string[] {
  const bare = unscanned.filter(({ reason }) => reason === 'bare_pod')
  const owned = unscanned.filter(({ reason }) => reason === 'unknown_owner')
  return [
    ...(bare.length === 0
      ? []
      : [`No row: ${counted(bare.length, 'pod')} without an owner: ${someNames(bare.map(nameOf))}`]),
    ...(owned.length === 0
      ? []
      : [
          `No row: ${counted(podsOf(owned), 'pod')} of kinds that are not scanned: ` +
            someNames(owned.map((each) => `${plainText(each.kind, 63)} ${nameOf(each)}`)),
        ]),
  ]
}

const nameOf = ({ namespace, name }: UnscannedWorkload): string => `${namespace}/${name}`
const podsOf = (unscanned: readonly UnscannedWorkload[]): number => unscanned.reduce((sum, { pods }) => sum + pods, 0)
