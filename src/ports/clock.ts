import type { Moment } from '../model/moment.ts'

export interface Clock {
  now(): Moment
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
