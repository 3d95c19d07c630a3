import { expect, test } from 'vitest'
import { openForms } from '../../../src/surfaces/mcp/open-forms.ts'

test('a message is taken once: what comes back twice is no second answer', () => {
  const forms = openForms()
  const round = forms.remember('Type maple.')
  expect(forms.take(round)).toBe('Type maple.')
  expect(forms.take(round)).toBeUndefined()
})

test('each round has a name of its own, and rounds do not touch one another', () => {
  const forms = openForms()
  const [first, second] = [forms.remember('the same'), forms.remember('the same')]
  expect(first).not.toBe(second)
  expect(forms.take(second)).toBe('the same')
  expect(forms.take(first)).toBe('the same')
})

test('a form of another process is not known here', () => {
  const round = openForms().remember('Type maple.')
  expect(openForms().take(round)).toBeUndefined()
})

test('the name of a round says nothing of its message', () => {
  expect(openForms().remember('Type maple.')).not.toMatch(/maple|Type/)
})
