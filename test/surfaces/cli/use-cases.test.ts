import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problem } from '../../../src/model/problem.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { digestOf } from '../../../src/model/hash.ts'
import type { PlanJson } from '../../../src/surfaces/render/plan-json.ts'
import { usageOf } from '../../recommender/support/stub-ports.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { rowOf, scanOf } from '../../safety/support/scan-of.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { openWorld } from './support/open-world.ts'
import { recordScan } from './support/record-scan.ts'
import { makeStateDir, runIn, thePhrase, type RunSketch } from './support/run-in.ts'
import { endsAs, rollsBack, succeeds } from './support/scripted-worker.ts'

/** A state directory with a scan, and if wanted a plan of its row; each command line runs on it. */
async function desk(upTo: 'empty' | 'scan' | 'plan' | 'execution' = 'plan') {
  const stateDir = makeStateDir()
  const run = (line: string, sketch: RunSketch = {}) => runIn(line.split(' '), { stateDir, ...sketch })
  if (upTo !== 'empty') await recordScan(stateDir)
  if (upTo === 'plan' || upTo === 'execution') await run('preview --rows 1')
  if (upTo === 'execution') await run('apply', { types: thePhrase, worker: succeeds })
  return { stateDir, run }
}
const idIn = (text: string, letter: string): string => new RegExp(`${letter}-[a-z0-9]{4}`).exec(text)?.[0] ?? ''

describe('scan', () => {
  /** What the scan was asked for, and the problem that stopped it there. */
  async function asked(line: string) {
    const scopes: unknown[] = []
    const times: number[] = []
    const stop = problem('api_forbidden', 'Not yours.', 'Ask.')
    const { run, stateDir } = await desk('empty')
    const open = async () => {
      const world = await openWorld(stateDir)
      const access = valueOf(await world.cluster())
      const usage = usageOf({})
      const reader = {
        ...access.reader,
        workloads: (scope: unknown) => {
          scopes.push(scope)
          return Promise.resolve({ ok: false, problem: stop } as const)
        },
      }
      return {
        ok: true,
        value: {
          ...world,
          cluster: () => Promise.resolve({ ok: true, value: { ...access, reader } } as const),
          usage: () =>
            Promise.resolve({
              ok: true,
              value: {
                ...usage,
                instant: (promql: string, at: number) => {
                  times.push(at)
                  return usage.instant(promql, unixSeconds(at))
                },
              },
            } as const),
        },
      } as const
    }
    return { ran: await run(line, { deps: { open } }), scopes, times }
  }

  it('passes krr’s filters on, each as often as it was given', async () => {
    const { ran, scopes, times } = await asked(
      'scan -n shop --namespace pay.* -r deployment -r CronJob -s app=web --at 1795000000',
    )
    expect(ran).toMatchObject({ code: 1, err: 'error: Not yours.\nnext: Ask.\n' })
    expect(scopes).toEqual([{ namespaces: ['shop', 'pay.*'], kinds: ['Deployment', 'CronJob'], selector: 'app=web' }])
    expect(new Set(times)).toEqual(new Set([1_795_000_000]))
  })

  it('looks at everything as of a whole minute that is at least half a minute ago when nothing is said', async () => {
    const { scopes, times } = await asked('scan')
    expect(scopes).toEqual([{ namespaces: [], kinds: [] }])
    const age = Date.now() / 1000 - (times[0] ?? 0)
    expect(age).toBeGreaterThan(29)
    expect(age).toBeLessThan(95)
    expect((times[0] ?? 0) % 60).toBe(0)
  })

  it.each([
    ['--history_duration 0', 'history_duration is 0; it must be at least 1 (hours)'],
    ['--history-duration 0.5', 'history_duration is 0.5'],
    ['--timeframe_duration 0', 'timeframe_duration is 0'],
    ['--cpu_percentile 101', 'cpu_percentile is 101; it must be above 0, at most 100'],
    ['--cpu-percentile 0', 'cpu_percentile is 0'],
    ['--memory_buffer_percentage -1', 'memory_buffer_percentage is -1'],
    ['--oom-memory-buffer-percentage -1', 'oom_memory_buffer_percentage is -1'],
    ['--points_required 1.5', 'points_required is 1.5'],
    ['--cpu-min -1', 'cpu-min is -1'],
    ['--mem_min 0.5', 'mem-min is 0.5'],
  ])('%s is outside krr’s bounds: a usage error, before anything is connected to', async (flags, message) => {
    const { ran, scopes, times } = await asked(`scan ${flags}`)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(message)
    expect([scopes, times]).toEqual([[], []])
  })

  it('keeps settings by all their names', async () => {
    const { run } = await desk('empty')
    const line = [
      'scan -f json --history_duration 48 --timeframe-duration 2 --cpu_percentile 99 --memory-buffer-percentage 20',
      '--points_required 7 --allow_hpa --use-oomkill-data --oom_memory_buffer_percentage 30 --cpu_min 5 --mem-min 50',
    ].join(' ')
    const { code, out, err } = await run(line)
    expect([code, err]).toEqual([0, expect.stringMatching(/^scan s-\w{4} of cluster production, as of .*\nnext: /)])
    expect(JSON.parse(out)).toMatchObject({
      scans: [],
      strategy: {
        name: 'simple',
        settings: {
          history_duration: 48,
          timeframe_duration: 2,
          cpu_percentile: 99,
          memory_buffer_percentage: 20,
          points_required: 7,
          allow_hpa: true,
          use_oomkill_data: true,
          oom_memory_buffer_percentage: 30,
        },
      },
      config: { cpu_min_value: 5, memory_min_value: 50 },
    })
  })

  it('prints a table unless asked otherwise', async () => {
    const { run } = await desk('empty')
    expect((await run('scan')).out).toContain('0 containers')
  })
})

describe('an omitted id', () => {
  it('is the newest, named with its age on standard error', async () => {
    const { run } = await desk('execution')
    expect((await run('explain 1')).err).toMatch(/^scan s-7k3m, (a moment|\d seconds?) old\n/)
    expect((await run('show')).err).toMatch(/^plan p-\w{4}, (a moment|\d seconds?) old\n/)
    expect((await run('stop')).err).toMatch(/^execution x-\w{4}, (a moment|\d seconds?) old\n/)
  })

  it('is not named when it was typed', async () => {
    const { run } = await desk('scan')
    expect((await run('explain 1 --scan 7K3M')).err).not.toMatch(/ old\n/)
  })

  it.each(['explain 1', 'preview --rows 1', 'show', 'approve', 'refuse', 'apply', 'watch', 'stop', 'rollback'])(
    'of %s that is nowhere names the directory that was searched',
    async (line) => {
      const { run, stateDir } = await desk('empty')
      const { code, err } = await run(line, { types: thePhrase })
      expect(code).toBe(1)
      expect(err).toContain(`yet in ${stateDir}.`)
    },
  )
})

describe('explain', () => {
  it('shows the evidence of a row', async () => {
    const { run } = await desk('scan')
    const { code, out } = await run('explain 1')
    expect(code).toBe(0)
    expect(out).toContain('s-7k3m row 1: deployment/web/app in shop, WARNING')
  })

  it('says why a row was withheld', async () => {
    const stateDir = makeStateDir()
    const withheld = [{ row: 2, container: rowOf({ name: 'job' }).container, reason: 'no owner' }]
    await recordScan(stateDir, scanOf([rowOf()], { withheld }))
    const { code, out } = await runIn(['explain', '2'], { stateDir })
    expect([code, out]).toEqual([0, 's-7k3m row 2: shop deployment/job/app: withheld: no owner\n'])
  })

  it('names the rows there are', async () => {
    const { run } = await desk('scan')
    const { code, err } = await run('explain 7')
    expect([code, err]).toEqual([1, expect.stringContaining('has no row 7; it has 1 to 1.')])
  })
})

describe('preview', () => {
  it('shows the plan, and how to go on', async () => {
    const { run } = await desk('scan')
    const { code, out, err } = await run('preview --scan s-7k3m --rows 1')
    const plan = idIn(out, 'p')
    expect(code).toBe(0)
    expect(out).toContain('   app  CPU request     100m → 250m  +150 %\n')
    expect(out).not.toContain('limit')
    expect(err).toBe(`next: krr-mcp --state-dir here apply ${plan}\nor:   krr-mcp --state-dir here refuse ${plan}\n`)
  })

  it('changes the fields that were named, and no other', async () => {
    const { run } = await desk('scan')
    const { out } = await run('preview --rows 1 --only memory_requests,memory_limits')
    expect(out).toContain('memory limit    unset → 256Mi')
    expect(out).not.toContain('CPU')
  })

  it('gives as JSON what the digest covers', async () => {
    const { run } = await desk('scan')
    const { out } = await run('preview --rows 1 --json')
    const { plan, digest, status } = JSON.parse(out) as PlanJson
    expect([status, digest]).toEqual(['proposed', digestOf(plan)])
  })

  it('of a plan that its checks block has an exit code of its own, and so has what follows', async () => {
    const { run } = await desk('scan')
    const cluster = { dryRunProblem: problem('api_invalid', 'Not so.', '') }
    const { code, out, err } = await run('preview --rows 1', { cluster })
    expect(code).toBe(3)
    expect(out).toMatch(/Plan p-\w{4}: blocked/)
    expect(out).toContain('  BLOCKED  ')
    expect(err).toContain(
      'next: mend what the checks name, then: krr-mcp --state-dir here preview --scan s-7k3m --rows 1',
    )
    expect((await run('show')).code).toBe(0)
    expect((await run('approve', { types: thePhrase })).code).toBe(3)
    expect((await run('apply --dry-run')).code).toBe(3)
  })

  it('of a scan whose metrics may be another cluster’s is blocked', async () => {
    const stateDir = makeStateDir()
    await recordScan(
      stateDir,
      scanOf([rowOf()], { binding: { kind: 'unbound', matched: 1, running: 10, reason: 'few' } }),
    )
    expect((await runIn(['preview', '--rows', '1'], { stateDir })).code).toBe(3)
  })
})

describe('show', () => {
  it('finds the right view for any id, or its beginning', async () => {
    const { run } = await desk('execution')
    const execution = idIn((await run('history')).out, 'x')
    expect((await run(`show ${execution}`)).out).toContain(`Execution ${execution}: succeeded`)
    expect((await run(`show ${execution.slice(2)}`)).out).toContain(`Execution ${execution}: succeeded`)
    expect((await run('show S-7K3M')).out).toContain('1 container (')
    expect((await run('show p-')).out).toMatch(/^Plan p-\w{4}: applied as x-/)
    expect(JSON.parse((await run('show s-7k3m --json')).out)).toHaveProperty('scans.0.object.name', 'web')
    expect(JSON.parse((await run('show x- --json')).out)).toMatchObject({
      id: execution,
      status: 'succeeded',
      cluster: 'production',
      workloads: [{ step: 1, namespace: 'shop', workload: 'deployment/web' }],
    })
  })

  it('does not guess', async () => {
    const { run, stateDir } = await desk('plan')
    await run('preview --rows 1')
    expect(await run('show p-')).toMatchObject({ code: 2, err: expect.stringContaining('fits 2') })
    expect(await run('show nothing')).toMatchObject({ code: 1, err: expect.stringContaining(stateDir) })
  })
})

describe('a decision', () => {
  it('is taken from a person at a terminal who types the phrase', async () => {
    const { run } = await desk()
    const ran = await run('approve', { types: thePhrase })
    expect(ran.code).toBe(0)
    expect(ran.shown).toContain('RESOURCE OPTIMIZATION CONFIRMATION')
    expect(ran.out).toMatch(/^Plan p-\w{4} is approved for another 15 min\. Nothing has been changed yet\.\n/)
    expect((await run('audit list')).out).toContain('approved at level terminal')
  })

  it('is not taken without a terminal, and nothing is asked there', async () => {
    const { run } = await desk()
    for (const line of ['approve', 'apply', 'policy adopt']) {
      const ran = await run(line, { policy: 'client_namespaces: [shop]' })
      expect(ran).toMatchObject({ code: 4, shown: '', err: expect.stringContaining('interactive terminal') })
    }
    expect((await run('audit list')).out).not.toMatch(/question_asked|decision_recorded/)
  })

  it.each([
    ['an empty line', () => ''],
    ['the end of input', () => null],
  ])('is not made by %s; the plan stays as it is', async (_, types) => {
    const { run } = await desk()
    expect(await run('approve', { types })).toMatchObject({ code: 4, err: expect.stringContaining('was not approved') })
    expect((await run('show')).out).toMatch(/^Plan p-\w{4}: proposed \(asked before: cancelled\)/)
  })

  it('is not made by another text, three times over', async () => {
    const { run } = await desk()
    const ran = await run('apply', { types: () => 'yes' })
    expect(ran).toMatchObject({ code: 4, err: expect.stringContaining('three times') })
    expect((await run('history')).out).toBe('Nothing has been applied yet.\n')
  })

  it('can be no, and that is final', async () => {
    const { run } = await desk()
    expect(await run('refuse')).toMatchObject({ code: 0, out: expect.stringContaining('is refused') })
    expect(await run('approve', { types: thePhrase })).toMatchObject({ code: 4, shown: '' })
    expect((await run('show')).out).toMatch(/^Plan p-\w{4}: refused, by person ada@desk at level terminal\n/)
  })

  it('is not asked for when the world has moved', async () => {
    const { run } = await desk()
    const objects = [liveObject({ containers: { app: { requests: { cpu: '300m', memory: '128Mi' } } } })]
    const ran = await run('approve', { types: thePhrase, objects })
    expect(ran).toMatchObject({ code: 3, shown: '' })
    expect(ran.err).toContain('is stale')
    // A tool’s name means nothing at a shell.
    expect(ran.err).toContain('next: Make a new plan with krr-mcp --state-dir here preview, from a fresh scan.')
  })

  it('is listed while it waits', async () => {
    const { run } = await desk()
    const { out, err } = await run('approvals')
    expect(out).toMatch(
      /^Plan +Status +Age +Open for +Level +Cluster +Workloads\np-\w{4} +proposed .* terminal +production +shop deployment\/web\n$/,
    )
    expect(err).toMatch(/^next: krr-mcp --state-dir here approve p-\w{4}\n$/)
    await run('refuse')
    expect((await run('approvals')).out).toBe('No plan waits for a decision.\n')
  })
})

describe('apply', () => {
  it('asks, starts the worker and watches it to the end', async () => {
    const { run } = await desk()
    const { code, out, err } = await run('apply', { types: thePhrase, worker: succeeds })
    const [plan, execution] = [idIn(out, 'p'), idIn(out, 'x')]
    expect(code).toBe(0)
    expect(out).toContain(`Execution ${execution} of plan ${plan} is started; it goes on without this terminal.\n`)
    expect(out).toContain(`Execution ${execution}: succeeded, changed; short soak passed`)
    expect(err).toContain(`to put the old values back: krr-mcp --state-dir here rollback ${execution}`)
  })

  it('shows a plan that was approved before, and does not ask again', async () => {
    const { run } = await desk()
    await run('approve', { types: thePhrase })
    const ran = await run('apply --no-watch', { types: () => null })
    expect(ran).toMatchObject({ code: 0, shown: '' })
    expect(ran.out).toMatch(/^Plan p-\w{4}: approved, by person ada@desk/)
    expect(ran.err).toContain('next: krr-mcp --state-dir here watch x-')
  })

  it('starts a plan once', async () => {
    const { run } = await desk('execution')
    expect(await run('apply', { types: thePhrase })).toMatchObject({ code: 1, shown: '' })
    expect((await run('history')).out.match(/x-\w{4}/g)).toHaveLength(1)
  })

  it('only looks with --dry-run', async () => {
    const { run } = await desk()
    const ran = await run('apply --dry-run', { types: thePhrase })
    expect(ran).toMatchObject({ code: 0, shown: '' })
    expect(ran.out).toContain('Tried again just now, nothing was kept:\nChecks: 2 passed, 0 blocking, 0 to know\n')
    expect((await run('audit list')).out.split('\n').filter(Boolean)).toHaveLength(2)
    const refusing = { dryRunProblem: problem('api_invalid', 'Not so.', '') }
    expect((await run('apply --dry-run', { cluster: refusing })).code).toBe(3)
  })

  it.each([
    ['rolled_back', 5, rollsBack],
    ['needs_human', 6, endsAs('needs_human')],
    ['holding', 6, endsAs('holding')],
    ['unverified', 0, endsAs('unverified')],
    ['partly_applied', 1, endsAs('partly_applied')],
  ] as const)('that ends %s has exit code %i, and so has watching it', async (status, exit, worker) => {
    const { run } = await desk()
    const ran = await run('apply', { types: thePhrase, worker })
    expect(ran.code).toBe(exit)
    expect(ran.out).toContain(`: ${status}, `)
    expect((await run('watch')).code).toBe(exit)
    expect((await run('show x-')).code).toBe(0)
  })

  it('tells what failed, and what came of the undo', async () => {
    const { run } = await desk()
    const { out } = await run('apply', { types: thePhrase, worker: rollsBack })
    expect(out).toContain('1  shop deployment/web: undone\n')
    expect(out).toContain('     stability  FAILED after 1.5 s (oom_killed): stability of web\n')
    expect(out).toContain('     undo       The old values run again.\n')
  })
})

describe('rollback', () => {
  const changed = [liveObject({ containers: { app: { requests: { cpu: '250m', memory: '256Mi' } } } })]

  it('makes the reverse plan, shows it, and names the command that applies it', async () => {
    const { run } = await desk('execution')
    const { code, out, err } = await run('rollback', { objects: changed })
    expect(code).toBe(0)
    expect(out).toContain('CPU request     250m → 100m  −60 %  (as it was before)')
    expect(err).toContain(`next: krr-mcp --state-dir here apply ${idIn(out, 'p')}\n`)
    expect(JSON.parse((await run('rollback --json', { objects: changed })).out)).toHaveProperty(
      'plan.purpose.kind',
      'undo',
    )
  })

  it('goes on with --apply like apply: it asks first', async () => {
    const { run } = await desk('execution')
    const asked = await run('rollback --apply', { objects: changed, types: () => '' })
    expect(asked.code).toBe(4)
    expect(asked.shown).toContain('UNDO CONFIRMATION')
    const done = await run('rollback --apply x-', { objects: changed, types: thePhrase, worker: succeeds })
    expect(done.code).toBe(0)
    expect((await run('history')).out.split('\n')[1]).toContain('succeeded')
  })

  it('of what is undone already says so', async () => {
    const { run } = await desk('execution')
    expect(await run('rollback')).toMatchObject({ code: 1, err: expect.stringContaining('is undone already') })
  })
})

describe('the journal', () => {
  it('is verified from its first entry to its last', async () => {
    const { run } = await desk('execution')
    expect(await run('audit verify')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The journal is consistent: 14 entries, 3 stored texts\.\nHead [0-9a-f]{64}\n$/),
    })
  })

  it('that was edited is told, and nothing is done with it any more', async () => {
    const { run, stateDir } = await desk()
    const db = new DatabaseSync(join(stateDir, 'journal.db'))
    db.exec(
      "drop trigger if exists entry_no_update; update entry set actor = replace(actor, 'ada', 'bob') where seq = 1",
    )
    db.close()
    expect(await run('audit verify')).toMatchObject({ code: 1, err: expect.stringContaining('altered or damaged') })
    expect((await run('apply', { types: thePhrase })).code).toBe(1)
  })

  it('is listed line by line, or as JSON in which no answer can be guessed from', async () => {
    const { run } = await desk()
    await run('approve', { types: thePhrase })
    const lines = (await run('audit list')).out.trimEnd().split('\n')
    expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual(['1', '2', '3', '4'])
    expect(lines[0]).toMatch(
      /^ {4}1 {2}\d{4}-\S+Z {2}person ada@desk +scan_recorded +s-7k3m {2}1 row, cluster production, live$/,
    )
    const { out } = await run('audit list --json')
    expect(JSON.parse(out)).toHaveLength(4)
    expect(out).toContain('"answerHash": "(masked)"')
    expect(out).toContain('"salt": "(masked)"')
    expect((await runIn(['audit', 'list'])).out).toBe('The journal is empty.\n')
  })

  it('gives history as JSON without what was spent', async () => {
    const { run } = await desk('execution')
    const { out } = await run('history --json')
    expect(JSON.parse(out)).toMatchObject([
      { status: 'succeeded', cluster: 'production', workloads: ['shop deployment/web'] },
    ])
    expect(out).not.toContain('tokenHash')
  })
})

describe('the policy', () => {
  const policy = 'client_namespaces: [shop, staging]'

  it('is none unless one is named', async () => {
    for (const line of ['policy show', 'policy check'])
      expect(await runIn(line.split(' '))).toMatchObject({
        code: 0,
        out: expect.stringContaining('No policy file is named'),
      })
    expect(await runIn(['policy', 'adopt'], { types: thePhrase })).toMatchObject({ code: 1 })
  })

  it('takes effect when a person has adopted it', async () => {
    const { run } = await desk('scan')
    expect(await run('preview --rows 1', { policy })).toMatchObject({ code: 3 })
    expect((await run('policy show', { policy })).out).toContain('NOT in force')
    expect(await run('policy adopt', { policy, types: () => 'yes' })).toMatchObject({ code: 4 })
    expect(await run('policy adopt', { policy, types: thePhrase })).toMatchObject({
      code: 0,
      shown: expect.stringContaining('shop, staging'),
    })
    expect((await run('policy show', { policy })).out).toMatch(
      /^Policy revision [0-9a-f]{12}: in force\n.*shop, staging\n/,
    )
    expect((await run('preview --rows 1', { policy })).code).toBe(0)
  })

  it('is checked with the line on which it is wrong', async () => {
    expect(await runIn(['policy', 'check'], { policy })).toMatchObject({
      code: 0,
      out: expect.stringContaining('is valid'),
    })
    const ran = await runIn(['policy', 'check'], { policy: 'client_namespaces: ["*"]' })
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('line 1') })
  })
})
