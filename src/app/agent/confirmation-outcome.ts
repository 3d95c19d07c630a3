import type { NotApproved } from '../../model/decision.ts'
import type { QuestionId } from '../../model/ids.ts'
import type { PlanView } from '../common/load.ts'

/** What became of a request for confirmation. Only `token` follows a person's yes. */
export type ConfirmationOutcome =
  /** Show this through the client's form and come back with what was typed. */
  | { readonly kind: 'ask'; readonly view: PlanView; readonly question: QuestionId; readonly message: string }
  /** A person must act elsewhere; `command` is the whole line to run. */
  | { readonly kind: 'waiting'; readonly view: PlanView; readonly reason: WaitingReason; readonly command: string }
  | { readonly kind: 'token'; readonly view: PlanView; readonly token: string; readonly validForSeconds: number }

export type WaitingReason =
  | 'terminal_required'
  | 'client_cannot_ask'
  | 'too_long_for_form'
  | 'question_open'
  | NotApproved
