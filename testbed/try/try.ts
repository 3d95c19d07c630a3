// `npm run try`: the whole story on a real control plane with a small company in it. Ends what it started.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlPlaneBinaries } from '../../test/harness/control-plane-binaries.ts'
import { prometheusBinaries } from '../../test/harness/prometheus-binaries.ts'
import { startCompany } from '../../test/harness/start-company.ts'
import { startTestbed } from '../../test/harness/start-testbed.ts'
import { company } from './company.ts'
import { narrator } from './narrator.ts'
import { tellStory } from './story.ts'

/** What is missing, as a sentence, instead of a stack trace. */
function missing(reason: string): never {
  process.stderr.write(`The test bed cannot start: ${reason}\n`)
  process.exit(1)
}

const binaries = await controlPlaneBinaries()
if (binaries.kind === 'unavailable') missing(binaries.reason)
const prometheus = await prometheusBinaries()
if (prometheus.kind === 'unavailable') missing(prometheus.reason)

const say = narrator()
say.heading('A real Kubernetes control plane (with simulated nodes) and a real Prometheus start on this machine')
const testbed = await startTestbed(binaries.value)
const stateDir = mkdtempSync(join(tmpdir(), 'krr-mcp-try-'))
try {
  const running = await startCompany(testbed.connection, prometheus.value, company)
  const environment = {
    KUBECONFIG: testbed.connection.kubeconfigFiles.operator,
    KRR_MCP_PROMETHEUS_URL: running.prometheusUrl,
    KRR_MCP_STATE_DIR: join(stateDir, 'state'),
    // Seconds instead of minutes, so that the story can be told.
    KRR_MCP_SOAK: '5',
    KRR_MCP_ROLLOUT_DEADLINE: '60',
  }
  try {
    process.exitCode = await tellStory({ namespace: running.namespace, environment, say })
  } finally {
    await running.stop()
  }
} finally {
  await testbed.stop()
  rmSync(stateDir, { recursive: true, force: true })
}
