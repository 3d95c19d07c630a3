import { openReplay } from '../../adapters/replay/open-replay.ts'
import { recordingPorts } from '../../adapters/replay/recording-ports.ts'
import { newRecording } from '../../adapters/replay/recording.ts'
import { mayRecordTo } from '../../adapters/replay/write-new-file.ts'
import { writeRecording } from '../../adapters/replay/write-recording.ts'
import { ok } from '../../model/result.ts'
import type { Recordings } from '../../ports/recordings.ts'

/** Recordings as files of this machine. */
export const fileRecordings: Recordings = Object.freeze({
  begin() {
    const recording = newRecording()
    return {
      mayWrite: mayRecordTo,
      through: (read) => recordingPorts(read, recording),
      write: (file, about) => writeRecording(file, about, recording),
    }
  },
  async open(file) {
    const opened = await openReplay(file)
    if (!opened.ok) return opened
    const { ports, request, cluster, recordedWith, missing } = opened.value
    return ok({ read: ports, request, cluster, recordedWith, missing })
  },
} satisfies Recordings)
