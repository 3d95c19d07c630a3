import type { Removal } from './without-rule.ts'

/** A rule, and the attack that gets through once it is gone. */
export interface Worth extends Removal {
  readonly attack: string
}

const CHAIN = {
  file: 'journal/chain.ts',
  from: 'export function follows(head: Head, entry: Entry): Problem | undefined {',
  to: 'export function follows(_head: Head, _entry: Entry): Problem | undefined {\n  return undefined\n}\nexport function unused(head: Head, entry: Entry): Problem | undefined {',
}
const ANY_TEXT = {
  file: 'safety/confirmation/challenge.ts',
  from: 'return timingSafeEqual(',
  to: 'return true || timingSafeEqual(',
}

export const REMOVALS: readonly Worth[] = [
  {
    rule: 'a token is the one that was minted for the plan',
    attack: 'a guessed token',
    edits: [
      { file: 'safety/confirmation/token.ts', from: 'plan.phase.token?.hash === hash', to: 'plan.phase.token' },
      { file: 'journal/redemption.ts', from: 'token.hash !== facts.tokenHash', to: 'false' },
    ],
  },
  {
    rule: 'collecting a token again voids the earlier one',
    attack: 'a token that was collected again',
    edits: [
      { file: 'safety/confirmation/token.ts', from: 'plan.phase.token?.hash === hash', to: 'plan.phase.token' },
      { file: 'journal/redemption.ts', from: 'token.hash !== facts.tokenHash', to: 'false' },
    ],
  },
  {
    rule: 'a token expires',
    attack: 'an expired token',
    edits: [{ file: 'journal/redemption.ts', from: 'if (isOver(token.mintedAt, at, token.validFor))', to: 'if (!at)' }],
  },
  {
    rule: 'a decision is spent once',
    attack: 'a token used twice',
    edits: [{ file: 'journal/execution-transition.ts', from: 'plan: applied,', to: 'plan,' }],
  },
  {
    rule: 'only the phrase is a yes',
    attack: 'a form that was accepted with yes',
    edits: [ANY_TEXT],
  },
  {
    rule: 'a form without a typed text is no answer',
    attack: 'an empty form that was accepted',
    edits: [
      ANY_TEXT,
      {
        file: 'surfaces/mcp/form-answer.ts',
        from: "if (typeof text !== 'string' || text.trim() === '')",
        to: 'if (text === 0)',
      },
      {
        file: 'surfaces/mcp/form-answer.ts',
        from: "return { kind: 'typed', text }",
        to: "return { kind: 'typed', text: String(text) }",
      },
    ],
  },
  {
    rule: 'the chain of hashes is checked',
    attack: 'another plan put under a yes',
    edits: [CHAIN],
  },
  {
    rule: 'the whole journal is read again before a decision is spent',
    attack: 'another plan put under a yes while the server runs',
    edits: [
      { file: 'app/common/spend.ts', from: 'ports.journal.reread()', to: 'ports.journal.state()' },
      // And the lesser guard, which looks at the last entry that was read.
      { file: 'journal/replay.ts', from: 'return isStill(head, last) ?', to: 'return isStill(head, last) || last ?' },
    ],
  },
  {
    rule: 'a yes answers a question that is open',
    attack: 'a yes written into the journal',
    edits: [
      {
        file: 'journal/plan-transition.ts',
        from: 'whyNoYes(plan, event, at)',
        to: '(whyNoYes(plan, event, at) && undefined)',
      },
    ],
  },
  {
    rule: 'a policy takes effect when a person adopts it',
    attack: 'a policy edited after it was adopted',
    edits: [
      {
        file: 'app/common/policy-in-force.ts',
        from: 'adopted?.revision === file.revision',
        to: 'adopted !== undefined',
      },
    ],
  },
  {
    rule: 'a decision is typed at a terminal',
    attack: 'an approval typed through pipes',
    edits: [
      { file: 'app/operator/needs-terminal.ts', from: 'person.interactive', to: 'person' },
      {
        file: 'adapters/terminal/terminal-person.ts',
        from: 'interactive ? readLine(prompt) : Promise.resolve(null)',
        to: 'readLine(prompt)',
      },
    ],
  },
]
