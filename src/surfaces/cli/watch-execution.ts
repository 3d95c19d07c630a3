import { getExecution } from '../../app/agent/get-execution.ts'
import type { ExecutionView } from '../../app/common/load.ts'
import type { Result } from '../../model/result.ts'
import { isFinal } from '../../model/status.ts'
import { isoTime } from '../../model/time.ts'
import { executionJson } from '../render/execution-json.ts'
import { executionLiveLines } from '../render/execution-live-lines.ts'
import { executionSummary } from '../render/execution-summary.ts'
import { executionText } from '../render/execution-text.ts'
import { exitCode } from './exit-codes.ts'
import { exitOfExecution } from './exit-of-execution.ts'
import { liveView } from './live-view.ts'
import { nextOfExecution } from './next-of-execution.ts'
import type { Session } from './session.ts'

const REDRAW_SECONDS = 1
const LONG_SECONDS = 45

/** How what is seen reaches the person: redrawn, as plain lines, or as a JSON value per line. */
interface Screen {
  readonly waitSeconds: number
  show(view: ExecutionView): void
  end(view: ExecutionView): void
}

function redrawn(session: Session): Screen {
  const live = liveView(session.deps.out, session.deps.width)
  return {
    waitSeconds: REDRAW_SECONDS,
    show: (view) => live.draw(executionLiveLines(view, session.text().now)),
    end(view) {
      live.clear()
      session.say(executionText(view, session.text()))
    },
  }
}

function plainLines(session: Session): Screen {
  const line = (view: ExecutionView): string =>
    `${isoTime(session.text().now)}  ${executionSummary(view, session.text().now)}`
  return {
    waitSeconds: LONG_SECONDS,
    show: (view) => session.say(line(view)),
    end: (view) => session.say(`${line(view)}\n${executionText(view, session.text())}`),
  }
}

function jsonLines(session: Session): Screen {
  const show = (view: ExecutionView): void => session.deps.out(`${JSON.stringify(executionJson(view))}\n`)
  return { waitSeconds: LONG_SECONDS, show, end: show }
}

function screenFor(session: Session, json: boolean): Screen {
  if (json) return jsonLines(session)
  return session.deps.isTerminal ? redrawn(session) : plainLines(session)
}

async function follow(
  execution: string,
  { ports, screen }: { readonly ports: Session['ports']; readonly screen: Screen },
  signal: AbortSignal,
): Promise<Result<ExecutionView>> {
  let seen = await getExecution({ execution, waitSeconds: 0 }, ports)
  while (seen.ok && !isFinal(seen.value.execution.status) && !signal.aborted) {
    screen.show(seen.value)
    seen = await getExecution({ execution, seen: seen.value.execution, waitSeconds: screen.waitSeconds, signal }, ports)
  }
  if (seen.ok) screen.end(seen.value)
  return seen
}

/** Shows an execution until it has ended; Ctrl-C leaves it, and it goes on. Returns the exit code of its end. */
export async function watchExecution(
  id: string,
  session: Session,
  { json = false }: { readonly json?: boolean } = {},
): Promise<number> {
  const { deps, ports } = session
  const left = new AbortController()
  const off = deps.onInterrupt?.(() => left.abort())
  try {
    const seen = await follow(id, { ports, screen: screenFor(session, json) }, left.signal)
    if (!seen.ok) return session.fail(seen.problem)
    return ended(seen.value, session)
  } finally {
    off?.()
  }
}

function ended({ execution }: ExecutionView, session: Session): number {
  if (!isFinal(execution.status)) {
    session.remark('No longer watched; the execution goes on in its worker.')
    session.remark(nextOfExecution(execution, session.ports.command))
    return exitCode('interrupted')
  }
  session.remark(nextOfExecution(execution, session.ports.command))
  return exitOfExecution(execution)
}
