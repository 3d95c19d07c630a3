import type { Scan } from '../../model/recommendation.ts'
import { failed, type Result } from '../../model/result.ts'
import type { Recordings } from '../../ports/recordings.ts'
import { scan } from '../../recommender/scan.ts'
import { chooseStrategy } from '../../recommender/strategies/choose-strategy.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { makeScanId } from '../common/make-id.ts'
import { recordScan } from '../common/record-scan.ts'

/** The scan of a recording, once more and without a cluster. Its source is `replay`: nothing can be planned from it. */
export async function replayFromFile(
  file: string,
  recordings: Recordings,
  ports: Pick<AppPorts, 'journal' | 'actor' | 'random'>,
): Promise<Result<Scan>> {
  const opened = await recordings.open(file)
  if (!opened.ok) return opened
  const { read, request, cluster } = opened.value
  const state = await ports.journal.state()
  if (!state.ok) return state
  // What is in a file is checked like what comes through any other door.
  const chosen = chooseStrategy(request.chosen.strategy, { ...request.chosen.settings })
  if (!chosen.ok) return chosen
  const done = await scan(
    { ...request, chosen: chosen.value, id: makeScanId(state.value.scans, ports.random), cluster },
    read,
  )
  // A live scan goes on without some answers; here they would be missing for another reason, and the numbers would differ.
  const missing = opened.value.missing()
  if (missing) return failed(missing)
  return done.ok ? recordScan(done.value, ports) : done
}
