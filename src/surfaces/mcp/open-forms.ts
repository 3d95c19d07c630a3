import type { QuestionId } from '../../model/ids.ts'

interface OpenForm {
  readonly message: string
  /** Ends what goes on beside the open question: progress, and watching for a client that gives up. */
  readonly stop: () => void
}

/**
 * The messages of open questions, with the phrase to type, to be shown again after a slip. They live in this process
 * alone: not in the journal, not in `requestState` (which the client can read), not in a log.
 */
export interface OpenForms {
  remember(question: QuestionId, form: OpenForm): void
  /** Ends what goes on beside it; returns the message. */
  take(question: QuestionId): string | undefined
}

export function openForms(): OpenForms {
  const forms = new Map<QuestionId, OpenForm>()
  return {
    remember: (question, form) => void forms.set(question, form),
    take(question) {
      const form = forms.get(question)
      form?.stop()
      forms.delete(question)
      return form?.message
    },
  }
}
