import { describe, expect, it } from 'vitest'
import type { ExecutionJson } from '../../../src/surfaces/render/execution-json.ts'
import { liveView } from '../../../src/surfaces/cli/live-view.ts'
import { recordScan } from './support/record-scan.ts'
import { makeStateDir, runIn, thePhrase, type RunSketch } from './support/run-in.ts'
import { rollsBack, soon, stays, succeeds } from './support/scripted-worker.ts'

/** A started execution whose worker has written and then says nothing. */
async function started(sketch: RunSketch = {}) {
  const stateDir = makeStateDir()
  await recordScan(stateDir)
  await runIn(['preview', '--rows', '1'], { stateDir })
  await runIn(['apply', '--no-watch'], { stateDir, types: thePhrase, worker: stays, ...sketch })
  return stateDir
}

describe('watching', () => {
  it('writes plain lines into a pipe, one for each change', async () => {
    const stateDir = await started()
    const stop = setTimeout(() => void runIn(['stop'], { stateDir }), 400)
    let leave: () => void = () => undefined
    const left = setTimeout(() => leave(), 1500)
    const onInterrupt = (listener: () => void) => {
      leave = listener
      return () => clearTimeout(left)
    }
    const { code, out, err } = await runIn(['watch'], { stateDir, deps: { onInterrupt } })
    clearTimeout(stop)
    expect(code).toBe(130)
    expect(out).not.toContain('\u001B')
    const lines = out.split('\n').filter((line) => / x-\w{4} applying: /.test(line))
    expect(lines.map((line) => line.includes('stop requested'))).toEqual([false, true, true])
    expect(lines[0]).toMatch(/^\d{4}-.*Z {2}x-\w{4} applying: .* \(1 written, not yet verified\)$/)
    expect(err).toContain(
      'No longer watched; the execution goes on in its worker.\nnext: krr-mcp --state-dir here watch x-',
    )
  })

  it('redraws a few lines on a terminal, and leaves the whole report there', async () => {
    const stateDir = makeStateDir()
    await recordScan(stateDir)
    await runIn(['preview', '--rows', '1'], { stateDir })
    const deps = { isTerminal: true, colours: true }
    const { code, out } = await runIn(['apply'], { stateDir, types: thePhrase, worker: soon(succeeds), deps })
    expect(code).toBe(0)
    expect(out.replace(/x-\w{4}/g, 'x-7k3m')).toContain('\u001B[2A\r\u001B[0JExecution x-7k3m: \u001B[32msucceeded')
    expect(out).toContain('     stability  passed after 1.5 s')
  })

  it('writes a JSON value per line when asked', async () => {
    const stateDir = await started({ worker: rollsBack })
    const { code, out } = await runIn(['watch', '--json'], { stateDir })
    const seen = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ExecutionJson)
    expect(code).toBe(5)
    expect(seen.at(-1)).toMatchObject({ status: 'rolled_back', steps: [{ undo: 'taken' }] })
    expect(out).not.toContain('tokenHash')
  })

  it('gives Ctrl-C back when it is over', async () => {
    const stateDir = await started({ worker: succeeds })
    let listening = 0
    const onInterrupt = () => {
      listening += 1
      return () => void (listening -= 1)
    }
    expect((await runIn(['watch'], { stateDir, deps: { onInterrupt } })).code).toBe(0)
    expect(listening).toBe(0)
  })
})

describe('the live view', () => {
  const drawn = (width: number, ...frames: readonly (readonly string[])[]): string => {
    let written = ''
    const live = liveView((text) => void (written += text), width)
    for (const frame of frames) live.draw(frame)
    return written
  }

  it('goes back over exactly the lines that it drew', () => {
    expect(drawn(80, ['a', 'b', 'c'], ['d'], ['e'])).toMatch(/^[^A]+\[3A\r[^A]+\[1A\r[^A]+$/)
  })

  it('never lets a line wrap: it would be drawn over wrongly', () => {
    const text = drawn(10, ['x'.repeat(30), '𝒳'.repeat(30)])
    expect(text).toContain(`${'x'.repeat(9)}…\n`)
    expect(text).toContain(`${'𝒳'.repeat(9)}…\n`)
    expect(text.startsWith('\u001B[?7l')).toBe(true)
    expect(text.endsWith('\u001B[?7h')).toBe(true)
  })

  it('draws nothing when there is nothing to clear', () => {
    let written = ''
    liveView((text) => void (written += text), 80).clear()
    expect(written).toBe('')
  })
})
