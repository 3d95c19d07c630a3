import { openReplay } from '../../../../src/adapters/replay/open-replay.ts'
import type { ReplayProblem } from '../../../../src/adapters/replay/replay-problem.ts'
import type { ScanId } from '../../../../src/model/ids.ts'
import type { Problem } from '../../../../src/model/problem.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import { failed } from '../../../../src/model/result.ts'
import type { Result } from '../../../../src/model/result.ts'
import { scan } from '../../../../src/recommender/scan.ts'
import type { ScanOptions } from '../../../../src/recommender/scan-request.ts'

/** The recorded scan once more, from the file alone. */
export async function replayScan(
  file: string,
  options: ScanOptions = {},
): Promise<Result<Scan, Problem | ReplayProblem>> {
  const opened = await openReplay(file)
  if (!opened.ok) return opened
  const { ports, request, cluster, missing } = opened.value
  const done = await scan({ id: 's-test' as ScanId, cluster, ...request }, ports, options)
  const lacking = missing()
  return lacking ? failed(lacking) : done
}
