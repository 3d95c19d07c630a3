import { parseQuantity } from './parse-quantity.ts'

/** How a container behaves. Nothing here is chance: the same annotations do the same every time. */
export interface ContainerRules {
  readonly kind: 'rules'
  /** Below this memory limit the container is OOM-killed. */
  readonly needsMemory: number
  readonly oomAfterSeconds: number
  readonly crashLoop: boolean
  readonly crashAfterSeconds: number
  readonly neverReady: boolean
  readonly startSeconds: number
  /** How long a container runs that is meant to end (of a Job). */
  readonly runSeconds: number
}

export interface MalformedRule {
  readonly kind: 'malformed'
  readonly message: string
}

const DOMAIN = 'sim.krr-mcp.dev'

/**
 * Reads `sim.krr-mcp.dev/<rule>` for every container of the pod, or `<rule>.sim.krr-mcp.dev/<container>` for one.
 * Rules: needs-memory, oom-after-seconds, crash-loop, crash-after-seconds, never-ready, start-seconds, run-seconds.
 */
export function readContainerRules(
  annotations: Readonly<Record<string, string>>,
  container: string,
): ContainerRules | MalformedRule {
  const malformed: string[] = []
  const read = (rule: string, otherwise: string): number => {
    const [key, text] = findRule(annotations, { rule, container, otherwise })
    const value = text === 'true' ? 1 : text === 'false' ? 0 : parseQuantity(text)
    if (value === undefined) malformed.push(`annotation ${key} is neither a quantity nor true or false`)
    return value ?? 0
  }
  const rules: ContainerRules = {
    kind: 'rules',
    needsMemory: read('needs-memory', '0'),
    oomAfterSeconds: read('oom-after-seconds', '0'),
    crashLoop: read('crash-loop', 'false') === 1,
    crashAfterSeconds: read('crash-after-seconds', '0'),
    neverReady: read('never-ready', 'false') === 1,
    startSeconds: read('start-seconds', '0'),
    runSeconds: read('run-seconds', '1'),
  }
  return malformed.length === 0 ? rules : { kind: 'malformed', message: malformed.join('; ') }
}

function findRule(
  annotations: Readonly<Record<string, string>>,
  { rule, container, otherwise }: { readonly rule: string; readonly container: string; readonly otherwise: string },
): readonly [string, string] {
  const own = `${rule}.${DOMAIN}/${container}`
  const common = `${DOMAIN}/${rule}`
  if (annotations[own] !== undefined) return [own, annotations[own]]
  return [common, annotations[common] ?? otherwise]
}
