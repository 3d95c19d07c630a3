import { expect, it } from 'vitest'
import { advanceContainer } from '../../../src/demo/kubelet/advance-container.ts'
import type { ContainerLife } from '../../../src/demo/kubelet/container-life.ts'
import { type ContainerRules, readContainerRules } from '../../../src/demo/kubelet/container-rules.ts'

const BORN: ContainerLife = {
  state: { kind: 'running', since: 0 },
  restarts: 0,
  last: undefined,
  resources: { limits: { memory: '200Mi' } },
}

const rules = (annotations: Record<string, string>): ContainerRules =>
  readContainerRules(annotations, 'app') as ContainerRules

/** The container's state at each look, one every 500 ms. */
function live(looks: number, annotations: Record<string, string>, restartPolicy: 'Always' | 'OnFailure' | 'Never') {
  const lives: ContainerLife[] = []
  for (let look = 0; look < looks; look++) {
    const circumstances = { rules: rules(annotations), restartPolicy, now: look * 500, backOff: 1_000 }
    lives.push(advanceContainer(lives.at(-1) ?? BORN, circumstances))
  }
  return lives.map(({ state, restarts }) => `${state.kind} ${restarts}`)
}

it('restarts a crashed container at once, and backs off longer each time after that', () => {
  expect(live(13, { 'sim.krr-mcp.dev/crash-loop': 'true' }, 'Always')).toEqual([
    'terminated 0',
    'running 1',
    'terminated 1',
    'backing_off 1',
    'backing_off 1',
    'running 2',
    'terminated 2',
    'backing_off 2',
    'backing_off 2',
    'backing_off 2',
    'backing_off 2',
    'running 3',
    'terminated 3',
  ])
})

it('ends a container that is meant to end, whatever may be restarted', () => {
  for (const policy of ['OnFailure', 'Never'] as const) {
    expect(live(5, { 'sim.krr-mcp.dev/run-seconds': '1' }, policy)).toEqual([
      'running 0',
      'running 0',
      'terminated 0',
      'terminated 0',
      'terminated 0',
    ])
  }
})

it('restarts a failed container of a Job only where its policy says so', () => {
  const crash = { 'sim.krr-mcp.dev/crash-loop': 'true' }
  expect(live(3, crash, 'Never')).toEqual(['terminated 0', 'terminated 0', 'terminated 0'])
  expect(live(3, crash, 'OnFailure')).toEqual(['terminated 0', 'running 1', 'terminated 1'])
})

it('kills nothing that has no memory limit', () => {
  const unlimited = { ...BORN, resources: {} }
  const circumstances = { restartPolicy: 'Always', now: 9_000, backOff: 1 } as const
  expect(
    advanceContainer(unlimited, { ...circumstances, rules: rules({ 'sim.krr-mcp.dev/needs-memory': '1Ti' }) }),
  ).toBe(unlimited)
})
