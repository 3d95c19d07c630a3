import type { CompanySketch } from '../../test/harness/start-company.ts'

const MEBIBYTE = 2 ** 20

/** Three services that ask for too much. Rows of a scan come in alphabetical order: api is 1, cache 2, web 3. */
export const company: CompanySketch = {
  name: 'shop',
  workloads: [
    {
      name: 'api',
      replicas: 2,
      containers: { app: { requests: { cpu: '500m', memory: '768Mi' }, limits: { memory: '1Gi' } } },
    },
    {
      // Needs more at its start than any scrape has seen: with the limit that the metrics suggest it is OOM-killed.
      name: 'cache',
      replicas: 2,
      containers: { app: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '512Mi' } } },
      annotations: { 'sim.krr-mcp.dev/needs-memory': '400Mi' },
    },
    {
      name: 'web',
      replicas: 3,
      containers: { app: { requests: { cpu: '800m', memory: '1Gi' }, limits: { memory: '2Gi' } } },
    },
  ],
  usage: () => ({
    cores: { base: 0.08, wave: 0.5 },
    memoryBytes: { base: 140 * MEBIBYTE, wave: 0.1 },
  }),
}
export const ROWS = { api: 1, cache: 2, web: 3 } as const
