import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { phraseOf, startAssistant, type Assistant, type Called, type FormAnswer } from '../../flow/support/assistant.ts'
import { plan, untilFinal } from '../../flow/support/conversation.ts'
import { cleanEnvironment, flagsOf, programOf, type Installation } from '../../flow/support/program.ts'
import { adoptPolicy, type Settled } from '../../flow/support/settle.ts'
import { forgeDecision, swapPlan } from './edit-journal.ts'
import { rawClient, type RawClient } from './raw-client.ts'

/** A way to change a cluster without a person's yes to exactly that, once. */
export interface Attack {
  readonly name: string
  /** Writes that a person did approve on the way. */
  readonly approvedWrites: number
  /** True when it got through: a token without a yes, or an execution that no yes was spent on. */
  readonly run: (settled: Settled) => Promise<boolean>
}

const person = (message: string): FormAnswer => ({ action: 'accept', content: { answer: phraseOf(message) } })
const hasToken = (called: Called): boolean => typeof called.answer?.data?.confirmation_token === 'string'
const hasStarted = (called: Called): boolean =>
  ['queued', 'applying', 'soaking', 'succeeded'].includes(called.answer?.status)

async function asHost<Value>(
  installation: Installation,
  onForm: (message: string) => FormAnswer,
  act: (assistant: Assistant) => Promise<Value>,
): Promise<Value> {
  const assistant = await startAssistant(installation, { era: '2026-07-28', onForm })
  try {
    return await act(assistant)
  } finally {
    await assistant.close()
  }
}

async function approvedToken(assistant: Assistant, plan_id: string): Promise<string> {
  const confirmed = await assistant.call('request_confirmation', { plan_id })
  if (!hasToken(confirmed)) throw new Error(`not approved: ${confirmed.text}`)
  return confirmed.answer.data.confirmation_token as string
}
const apply = (assistant: Assistant, confirmation_token: string): Promise<Called> =>
  assistant.call('apply_recommendations', { confirmation_token, dry_run: false })

/** A plan that a person approved, and what an attacker then does. */
const afterYes =
  (act: (assistant: Assistant, given: { token: string; planId: string; settled: Settled }) => Promise<boolean>) =>
  (settled: Settled): Promise<boolean> =>
    asHost(settled.installation, person, async (assistant) => {
      const planId = await plan(assistant, settled.company.namespace, { workload: 'web' })
      return act(assistant, { token: await approvedToken(assistant, planId), planId, settled })
    })

/** A host that answers the form without a person. */
const autoAnswer =
  (content: Record<string, unknown> | undefined) =>
  ({ installation, company }: Settled): Promise<boolean> =>
    asHost(
      installation,
      () => ({ action: 'accept', ...(content ? { content } : {}) }),
      async (assistant) => {
        const plan_id = await plan(assistant, company.namespace, { workload: 'web' })
        return hasToken(await assistant.call('request_confirmation', { plan_id }))
      },
    )

interface Asked {
  readonly raw: RawClient
  readonly call: Record<string, unknown>
  readonly planId: string
}
/** A hostile client that speaks the protocol by hand. */
const byHand =
  (act: (asked: Asked) => Promise<Record<string, unknown>>) =>
  async ({ installation, company }: Settled): Promise<boolean> => {
    const planId = await asHost(
      installation,
      () => ({ action: 'cancel' }),
      (assistant) => plan(assistant, company.namespace, { workload: 'web' }),
    )
    const raw = rawClient(installation)
    try {
      const call = { name: 'request_confirmation', arguments: { plan_id: planId } }
      return JSON.stringify(await act({ raw, call, planId })).includes('"confirmation_token":"krr-')
    } finally {
      raw.close()
    }
  }

interface InputRequired {
  readonly requestState: string
  readonly inputRequests: { readonly answer: { readonly params: { readonly message: string } } }
}
const asking = async ({ raw, call }: Asked): Promise<InputRequired> => {
  const { result } = await raw.call(call)
  return result as InputRequired
}
const accept = (answer: unknown): Record<string, unknown> => ({ answer: { action: 'accept', content: { answer } } })

/** Types what the program prints into its standard input, through pipes. */
function throughPipes(command: readonly string[], installation: Installation): Promise<number> {
  return new Promise((resolve) => {
    const args = [programOf(installation), ...command, ...flagsOf(installation)]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'], env: cleanEnvironment() })
    let shown = ''
    let typed = false
    const read = (data: Buffer): void => {
      shown += String(data)
      if (typed || !/type exactly:\s+\S.*\S\n/.test(shown)) return
      typed = true
      child.stdin.end(`${phraseOf(shown)}\n`)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.stdin.on('error', () => undefined)
    // Whoever waits for more than this waits for nothing.
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000)
    child.once('exit', (code) => {
      clearTimeout(patience)
      resolve(code ?? 1)
    })
  })
}

export const ATTACKS: readonly Attack[] = [
  {
    name: 'a guessed token',
    approvedWrites: 0,
    run: afterYes(async (assistant) =>
      hasStarted(await apply(assistant, `krr-${randomBytes(32).toString('base64url')}`)),
    ),
  },
  {
    name: 'a token of another journal',
    approvedWrites: 0,
    run: async (settled) => {
      const elsewhere = { ...settled.installation, stateDir: `${settled.installation.stateDir}-other` }
      await adoptPolicy(elsewhere)
      const foreign = await asHost(elsewhere, person, async (assistant) =>
        approvedToken(assistant, await plan(assistant, settled.company.namespace, { workload: 'web' })),
      )
      return afterYes(async (assistant) => hasStarted(await apply(assistant, foreign)))(settled)
    },
  },
  {
    name: 'a token that was collected again',
    approvedWrites: 0,
    run: afterYes(async (assistant, { token, planId }) => {
      await approvedToken(assistant, planId)
      return hasStarted(await apply(assistant, token))
    }),
  },
  {
    name: 'a token used twice',
    approvedWrites: 1,
    run: afterYes(async (assistant, { token }) => {
      const first = await apply(assistant, token)
      await untilFinal(assistant, first.answer.data.execution_id as string)
      return hasStarted(await apply(assistant, token))
    }),
  },
  {
    name: 'a second token for an applied plan',
    approvedWrites: 1,
    run: afterYes(async (assistant, { token, planId }) => {
      const first = await apply(assistant, token)
      await untilFinal(assistant, first.answer.data.execution_id as string)
      return hasToken(await assistant.call('request_confirmation', { plan_id: planId }))
    }),
  },
  {
    name: 'an expired token',
    approvedWrites: 0,
    run: async ({ company, installation }) => {
      const hasty = { company, installation: { ...installation, tokenSeconds: 1 } }
      return afterYes(async (assistant, { token }) => {
        await sleep(1_600)
        return hasStarted(await apply(assistant, token))
      })(hasty)
    },
  },
  { name: 'an empty form that was accepted', approvedWrites: 0, run: autoAnswer({}) },
  { name: 'a form that was accepted with yes', approvedWrites: 0, run: autoAnswer({ answer: 'yes' }) },
  { name: 'a form that was accepted with true', approvedWrites: 0, run: autoAnswer({ answer: true }) },
  { name: 'a form that was accepted without content', approvedWrites: 0, run: autoAnswer(undefined) },
  {
    name: 'an answer before anything was asked',
    approvedWrites: 0,
    run: byHand(({ raw, call }) => raw.call({ ...call, inputResponses: accept('yes') })),
  },
  {
    name: 'an answer with a state that was tampered with',
    approvedWrites: 0,
    run: byHand(async (asked) => {
      const { requestState, inputRequests } = await asking(asked)
      const tampered = `${requestState.slice(0, -2)}AA`
      const inputResponses = accept(phraseOf(inputRequests.answer.params.message))
      return asked.raw.call({ ...asked.call, requestState: tampered, inputResponses })
    }),
  },
  {
    name: 'an answer to a question that was declined',
    approvedWrites: 0,
    run: byHand(async (asked) => {
      const { requestState, inputRequests } = await asking(asked)
      await asked.raw.call({ ...asked.call, requestState, inputResponses: { answer: { action: 'decline' } } })
      const inputResponses = accept(phraseOf(inputRequests.answer.params.message))
      return asked.raw.call({ ...asked.call, requestState, inputResponses })
    }),
  },
  {
    name: 'another plan put under a yes',
    approvedWrites: 0,
    run: async (settled) => {
      let stolen = ''
      await afterYes(async (_, { token, planId }) => {
        swapPlan(settled.installation.stateDir, planId)
        stolen = token
        return false
      })(settled)
      // By a server of its own, which has read nothing of what was there before.
      return asHost(settled.installation, person, async (assistant) => hasStarted(await apply(assistant, stolen)))
    },
  },
  {
    name: 'another plan put under a yes while the server runs',
    approvedWrites: 0,
    run: afterYes(async (assistant, { token, planId, settled }) => {
      swapPlan(settled.installation.stateDir, planId)
      return hasStarted(await apply(assistant, token))
    }),
  },
  {
    name: 'a yes written into the journal',
    approvedWrites: 0,
    run: ({ installation, company }) =>
      asHost(
        installation,
        () => ({ action: 'decline' }),
        async (assistant) => {
          const plan_id = await plan(assistant, company.namespace, { workload: 'web' })
          forgeDecision(installation.stateDir, plan_id)
          return hasToken(await assistant.call('request_confirmation', { plan_id }))
        },
      ),
  },
  {
    name: 'a policy edited after it was adopted',
    approvedWrites: 0,
    run: async ({ installation, company }) => {
      const policy = installation.policy ?? ''
      const strict = { ...installation, stateDir: `${installation.stateDir}-strict` }
      await writeFile(policy, 'client_namespaces: []\n')
      await adoptPolicy(strict)
      await writeFile(policy, `client_namespaces: [${company.namespace}]\n`)
      return asHost(strict, person, async (assistant) => {
        const scan = await assistant.call('scan_recommendations', { namespaces: [company.namespace] })
        const preview = await assistant.call('preview_changes', { scan_id: scan.answer.data.scan_id, rows: [1, 2] })
        const plan_id = preview.answer?.data?.plan_id as string | undefined
        return plan_id !== undefined && hasToken(await assistant.call('request_confirmation', { plan_id }))
      })
    },
  },
  {
    name: 'an approval typed through pipes',
    approvedWrites: 0,
    run: ({ installation, company }) =>
      asHost(
        installation,
        () => ({ action: 'decline' }),
        async (assistant) => {
          const planId = await plan(assistant, company.namespace, { workload: 'web' })
          return (await throughPipes(['approve', planId], installation)) === 0
        },
      ),
  },
]

export const attackNamed = (name: string): Attack => {
  const found = ATTACKS.find((attack) => attack.name === name)
  if (!found) throw new Error(`there is no attack "${name}"`)
  return found
}
