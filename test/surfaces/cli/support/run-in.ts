import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import type { Person } from '../../../../src/app/operator/person.ts'
import { writeReport } from '../../../../src/adapters/local/write-report.ts'
import { fileRecordings } from '../../../../src/main/wire/file-recordings.ts'
import { ok } from '../../../../src/model/result.ts'
import type { CliDeps } from '../../../../src/surfaces/cli/cli-deps.ts'
import { runCli } from '../../../../src/surfaces/cli/run-cli.ts'
import type { CommonOptions } from '../../../../src/surfaces/options/common-options.ts'
import { openWorld, type WorldSketch } from './open-world.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  /** What the person was shown, past all pipes. */
  readonly shown: string
  /** With which common options the ports were opened; the server's, if that was started. */
  readonly opened: readonly CommonOptions[]
  readonly served: readonly CommonOptions[]
}
export interface RunSketch extends WorldSketch {
  readonly stateDir?: string
  /** What the person types, given all that was shown; no person at all unless given. */
  readonly types?: (shown: string) => string | null
  readonly deps?: Partial<CliDeps>
}

/** A state directory of the test's own. */
export function makeStateDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'krr-mcp-cli-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Reads the phrase off the screen, as a person does. */
export const thePhrase = (shown: string): string => /type exactly: {2}(.+)$/m.exec(shown)?.[1] ?? ''

/** Runs one command line in this process and keeps what it wrote. */
export async function runIn(argv: readonly string[], sketch: RunSketch = {}): Promise<Ran> {
  const { stateDir = makeStateDir(), types } = sketch
  let [out, err, shown] = ['', '', '']
  const opened: CommonOptions[] = []
  const served: CommonOptions[] = []
  const person: Person = {
    interactive: types !== undefined,
    show: (text) => void (shown += `${text}\n`),
    read: () => Promise.resolve(types?.(shown) ?? null),
  }
  const code = await runCli(argv, {
    version: '1.2.3',
    open: async (options) => {
      opened.push(options)
      return ok(await openWorld(stateDir, sketch))
    },
    person,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: false,
    recordings: fileRecordings,
    contexts: () => Promise.resolve(ok(['one', 'two'])),
    writeReport,
    width: 100,
    colours: false,
    serve: (options) => {
      served.push(options)
      return Promise.resolve(0)
    },
    env: {},
    ...sketch.deps,
  })
  return { code, out, err, shown: stripVTControlCharacters(shown), opened, served }
}
