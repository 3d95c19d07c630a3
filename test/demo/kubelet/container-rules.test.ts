import { expect, it } from 'vitest'
import { readContainerRules } from '../../../src/demo/kubelet/container-rules.ts'

it('lets a container without annotations behave', () => {
  expect(readContainerRules({}, 'app')).toEqual({
    kind: 'rules',
    needsMemory: 0,
    oomAfterSeconds: 0,
    crashLoop: false,
    crashAfterSeconds: 0,
    neverReady: false,
    startSeconds: 0,
    runSeconds: 1,
  })
})

it('prefers the rule for one container over the rule for all', () => {
  const annotations = {
    'sim.krr-mcp.dev/needs-memory': '300Mi',
    'needs-memory.sim.krr-mcp.dev/app': '1.5G',
    'never-ready.sim.krr-mcp.dev/other': 'true',
  }
  expect(readContainerRules(annotations, 'app')).toMatchObject({ needsMemory: 1.5e9, neverReady: false })
  expect(readContainerRules(annotations, 'other')).toMatchObject({ needsMemory: 300 * 2 ** 20, neverReady: true })
})

it('names every rule that it cannot read', () => {
  const annotations = { 'sim.krr-mcp.dev/needs-memory': 'lots', 'start-seconds.sim.krr-mcp.dev/app': '-1' }
  expect(readContainerRules(annotations, 'app')).toEqual({
    kind: 'malformed',
    message:
      'annotation sim.krr-mcp.dev/needs-memory is neither a quantity nor true or false; ' +
      'annotation start-seconds.sim.krr-mcp.dev/app is neither a quantity nor true or false',
  })
})
