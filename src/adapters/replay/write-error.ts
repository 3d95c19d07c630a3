import { plainText } from '../../model/plain-text.ts'
import { replayProblem } from './replay-problem.ts'
import type { ReplayProblem } from './replay-problem.ts'

const ELSEWHERE = 'Choose a folder of your own with --record.'
const WHY: Readonly<Record<string, readonly [why: string, next: string]>> = {
  EACCES: ['you may not write there', ELSEWHERE],
  EPERM: ['this file system does not allow it', 'Choose a folder on a disk of this machine with --record.'],
  EROFS: ['that file system is read-only', ELSEWHERE],
  ENOSPC: ['the disk is full', 'Make room, or choose another disk with --record.'],
  EDQUOT: ['your share of the disk is used up', 'Make room, or choose another disk with --record.'],
  EISDIR: ['it is a folder', 'Name a file with --record.'],
  ENOENT: ['its folder does not exist', 'Make the folder first, or choose another with --record.'],
  ENOTDIR: ['its folder is no folder', 'Choose another with --record.'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter one with --record.'],
}

/** Why a recording could not be written, by the code of the system's error. */
export function writeError(file: string, error: unknown): ReplayProblem {
  const code = String(Reflect.get(Object(error), 'code'))
  if (code === 'EEXIST') return fileExists(file)
  const [why, next] = WHY[code] ?? [`the system says ${plainText(code, 40)}`, ELSEWHERE]
  return replayProblem('recording_unwritable', `The recording ${plainText(file)} cannot be written: ${why}.`, next)
}

/** What is there, be it a link, is never followed and never replaced: the name could be a slip, or somebody's trap. */
export const fileExists = (file: string): ReplayProblem =>
  replayProblem(
    'recording_exists',
    `There is something at ${plainText(file)} already, and a recording replaces nothing.`,
    'Remove it yourself, or choose another name with --record.',
  )
