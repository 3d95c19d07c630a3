import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { expectRefused, faultRoom, metricsThat, PATIENCE } from './support/fault-room.ts'
import type { InProcess, Reach } from './support/scan-in-process.ts'
import { truth } from './support/stand-in-metrics.ts'

const room = faultRoom()
const { scan } = room

/** A program in krr's place. */
async function withKrr(code: string, words: readonly string[] = [], more: Partial<Reach> = {}): Promise<InProcess> {
  const script = join(room.folder(), 'krr.mjs')
  const version = `if (process.argv[2] === 'version') { console.log('v1.29.0'); process.exit(0) }`
  writeFileSync(script, `import { writeFileSync } from 'node:fs'\n${version}\n${code}\n`)
  vi.stubEnv('KRR', `${process.execPath} ${script}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const { url } = await metricsThat(truth)
  return scan(url, ['--engine', 'krr', ...words], more)
}

describe('an installed krr with a fault', () => {
  it('missing', PATIENCE, async () => {
    vi.stubEnv('KRR', join(room.folder(), 'no-such-krr'))
    onTestFinished(() => void vi.unstubAllEnvs())
    const { url } = await metricsThat(truth)
    const ran = await scan(url, ['--engine', 'krr'])
    expect({ ...ran, took: 0 }).toMatchObject({ code: 2, out: '', scans: 0 })
    expect(ran.err).toMatch(/^error: .*ENOENT.*\nnext: .*--engine native.*\n$/)
  })

  it.each<[string, string, RegExp, RegExp]>([
    ['printing garbage', `console.log('Traceback (most recent call last):')`, /krr.*JSON|is not/, /./],
    ['exiting 0 with nothing', ``, /it is empty/, /./],
    ['exiting 0 with half of it', `process.stdout.write('{"scans": [{"object"')`, /krr/, /./],
    ['JSON of something else', `console.log('{"scans": {}}')`, /krr/, /./],
    ['exiting 1', `console.error('ERROR    cannot do it'); process.exitCode = 1`, /exit code 1/, /./],
    ['killed', `process.kill(process.pid, 'SIGKILL')`, /krr/, /./],
  ])('%s', PATIENCE, async (_name, code, message, next) => {
    expectRefused(await withKrr(code), message, next)
  })

  it('hanging is ended by Ctrl-C, with everything it started', PATIENCE, async () => {
    const note = join(room.folder(), 'pids')
    const code = `
      import { spawn } from 'node:child_process'
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      writeFileSync(${JSON.stringify(note)}, process.pid + ' ' + child.pid)
      setInterval(() => {}, 1000)`
    let interrupt = (): void => undefined
    const onInterrupt = (listener: () => void) => {
      interrupt = listener
      return () => undefined
    }
    const going = withKrr(code, [], { deps: { onInterrupt } })
    await vi.waitFor(() => expect(existsSync(note)).toBe(true), { timeout: 15_000 })
    const since = performance.now()
    interrupt()
    const { code: exit, out, scans } = await going
    expect({ exit, out, scans }).toEqual({ exit: 130, out: '', scans: 0 })
    expect(performance.now() - since).toBeLessThan(5_000)
    const pids = readFileSync(note, 'utf8').split(' ').map(Number)
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 })
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
