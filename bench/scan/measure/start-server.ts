import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import type { Bench } from '../bench.ts'
import { peakBytes } from './process-facts.ts'
import { environmentIn } from './scan-with-ours.ts'

/** What our tools answer, as far as it is looked at here. */
export interface ToolAnswer {
  readonly status: string
  readonly headline: string
  readonly data: Readonly<Record<string, unknown>>
}
export interface MeasuredServer {
  /** Throws when the tool says that it failed. */
  call(tool: string, given: Readonly<Record<string, unknown>>): Promise<ToolAnswer>
  /** A scan to its end, however many calls that takes. Its id. */
  scan(namespaces?: readonly string[]): Promise<string>
  peakBytes(): Promise<number>
  close(): Promise<void>
}

/** `krr-mcp serve` over stdio, with a real client. */
export async function startServer({ program, folder, world, proxy }: Bench): Promise<MeasuredServer> {
  const stateDir = await mkdtemp(join(folder, 'state-'))
  const { kubeconfigFile } = world.controlPlane
  const flags = ['--kubeconfig', kubeconfigFile, '--prometheus-url', proxy.url, '--state-dir', stateDir]
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'serve', ...flags],
    env: environmentIn(folder),
    stderr: 'inherit',
  })
  const client = new Client({ name: 'bench', version: '0' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(transport)
  // Answered only when the server is up.
  await client.listTools()
  const { pid } = transport
  if (pid === null) throw new Error('the server did not start')
  const call: MeasuredServer['call'] = async (name, given) => {
    const result = await client.callTool({ name, arguments: given })
    if (result.isError === true) throw new Error(`${name}: ${JSON.stringify(result.content).slice(0, 500)}`)
    return result.structuredContent as ToolAnswer
  }
  return {
    call,
    scan: async (namespaces = []) => {
      const within = namespaces.length === 0 ? {} : { namespaces }
      let answer = await call('scan_recommendations', { history_hours: world.size.days * 24, ...within })
      const id = String(answer.data['scan_id'])
      while (answer.status === 'running') answer = await call('scan_recommendations', { scan_id: id })
      return id
    },
    peakBytes: () => peakBytes(pid),
    close: () => client.close(),
  }
}
