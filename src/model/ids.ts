import type { Brand } from './brand.ts'

export type ScanId = Brand<string, 'ScanId'>
export type PlanId = Brand<string, 'PlanId'>
export type ExecutionId = Brand<string, 'ExecutionId'>
export type QuestionId = Brand<string, 'QuestionId'>

/** No look-alikes (0/o, 1/i/l, u/v): ids are read aloud and typed. */
export const ID_ALPHABET = 'abcdefghjkmnpqrstvwxyz23456789'

/** `X-7K3M ` → `x-7k3m`: ids are case-blind. */
export const normalId = (typed: string): string => typed.trim().toLowerCase()
