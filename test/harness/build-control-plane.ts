import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface ControlPlaneBuild {
  readonly module: string
  readonly version: string
  readonly into: string
  readonly env: NodeJS.ProcessEnv
}

const REPORT_EVERY_MS = 15_000

/** Builds `into`/controlplane with Go, saying on stderr how far it is. Returns why it failed, or nothing. */
export async function buildControlPlane(build: ControlPlaneBuild): Promise<string | undefined> {
  process.stderr.write(
    `test bed: building the control plane ${build.version} with Go, once (about five minutes when cold)\n`,
  )
  const child = spawn('go', buildArguments(build), {
    cwd: build.module,
    env: { ...build.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const progress = followProgress(child.stderr)
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`go could not be started: ${error.message}`))
    child.once('close', (code) => resolve(code === 0 ? undefined : `go build failed:\n${progress.tail()}`))
  })
  progress.stop()
  return failure
}

function buildArguments({ version, into }: ControlPlaneBuild): string[] {
  const [major, minor] = version.slice(1).split('.')
  const variables = { gitVersion: version, gitMajor: major, gitMinor: minor }
  // Without these /version says v0.0.0-master, and clients that look at it go wrong.
  const flags = Object.entries(variables).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
  const linker = ['-s', '-w', ...flags].join(' ')
  return ['build', '-v', '-trimpath', '-buildvcs=false', '-ldflags', linker, '-o', join(into, 'controlplane'), '.']
}

function followProgress(stream: NodeJS.ReadableStream): { tail: () => string; stop: () => void } {
  const started = Date.now()
  const lastLines: string[] = []
  let steps = 0
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = text.split('\n').filter((line) => line !== '')
    steps += lines.length
    lastLines.push(...lines)
    lastLines.splice(0, Math.max(0, lastLines.length - 20))
  })
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000)
    process.stderr.write(
      `test bed: still building after ${seconds} s (${steps} steps, now ${lastLines.at(-1) ?? 'starting'})\n`,
    )
  }, REPORT_EVERY_MS)
  return { tail: () => lastLines.join('\n'), stop: () => clearInterval(timer) }
}
