import type { Policy } from './policy.ts'

/** In force without a file: everything needs a person at a terminal. Having no policy must never be the laxer choice. */
export const strictestPolicy: Policy = Object.freeze({
  clientNamespaces: Object.freeze([]),
  revision: 'default',
  text: '',
})
