import { defineConfig } from 'vitest/config'

const REAL = 'test/**/*.real.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [REAL], testTimeout: 10_000 },
      },
      {
        test: {
          name: 'real',
          include: [REAL],
          globalSetup: ['test/harness/real-setup.ts'],
          // Each worker is a process, so what it started ends with it. Two: the control plane needs a core too.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
