import type { Command } from 'commander'
import { getExecution } from '../../../app/agent/get-execution.ts'
import { loadPlan, loadScan } from '../../../app/common/load.ts'
import { resolveId } from '../../../app/common/resolve-id.ts'
import type { Result } from '../../../model/result.ts'
import { executionJson } from '../../render/execution-json.ts'
import { executionText } from '../../render/execution-text.ts'
import { krrJson } from '../../render/krr-json.ts'
import { scanTable } from '../../render/scan-table.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { exitCode } from '../exit-codes.ts'
import { nextOfExecution } from '../next-of-execution.ts'
import type { Session } from '../session.ts'
import { showPlan } from '../show-plan.ts'

interface ShowFlags {
  readonly json?: boolean
}
type Show = (id: string, session: Session, json: boolean) => Promise<number>

export function addShow(program: Command, cli: Cli): void {
  const command = program
    .command('show')
    .summary('show a plan, an execution or a scan again')
    .description('Shows what is on record under an id: p-… a plan, x-… an execution, s-… a scan.')
    .argument('[ID]', 'an id, or its beginning (default: the newest plan)')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(['krr-mcp show', 'the newest plan'], ['krr-mcp show x-7k3m', 'an execution, with timings']),
    )
    .action((id: string | undefined, flags: ShowFlags) => cli.run(command, (session) => show(id, flags, session)))
}

async function anyId(typed: string | undefined, session: Session): Promise<Result<string>> {
  if (typed === undefined) return chosenId('plan', typed, session)
  const state = await session.ports.journal.state()
  if (!state.ok) return state
  const { plans, executions, scans } = state.value
  const ids = [...plans.keys(), ...executions.keys(), ...scans.keys()]
  return resolveId<string>(ids, { what: 'plan, execution or scan', typed, stateDir: session.ports.stateDir })
}

async function show(typed: string | undefined, { json = false }: ShowFlags, session: Session): Promise<number> {
  const id = await anyId(typed, session)
  if (!id.ok) return session.fail(id.problem)
  const view = VIEWS[id.value.slice(0, 2)] ?? plan
  return view(id.value, session, json)
}

const plan: Show = async (id, session, json) => {
  const view = await loadPlan(id, session.ports)
  if (!view.ok) return session.fail(view.problem)
  showPlan(view.value, session, { json })
  return exitCode('done')
}

const execution: Show = async (id, session, json) => {
  const view = await getExecution({ execution: id, waitSeconds: 0 }, session.ports)
  if (!view.ok) return session.fail(view.problem)
  if (json) session.json(executionJson(view.value))
  else session.say(executionText(view.value, session.text()))
  session.remark(nextOfExecution(view.value.execution, session.ports.command))
  return exitCode('done')
}

const scan: Show = async (id, session, json) => {
  const view = await loadScan(id, session.ports)
  if (!view.ok) return session.fail(view.problem)
  if (json) session.json(krrJson(view.value))
  else session.say(scanTable(view.value, { colour: session.deps.colours }))
  return exitCode('done')
}

const VIEWS: Readonly<Record<string, Show>> = { 'p-': plan, 'x-': execution, 's-': scan }
