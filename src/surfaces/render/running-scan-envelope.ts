import type { ScanId } from '../../model/ids.ts'
import { forTool, type Envelope } from './envelope.ts'

/** A scan that goes on: ask again with its id. */
export const runningScanEnvelope = (id: ScanId): Envelope => ({
  status: 'running',
  headline: `Scan ${id} is still running; nothing is changed by it.`,
  cluster: null,
  changed_cluster: 'no',
  next: [forTool('scan_recommendations', { scan_id: id })],
  data: { scan_id: id, ask_again_after_seconds: 5 },
})
