import type { Brand } from './brand.ts'

/** Milliseconds since 1970, by the wall clock. */
export type WallMillis = Brand<number, 'WallMillis'>
/** Seconds since 1970, as Prometheus takes them. */
export type UnixSeconds = Brand<number, 'UnixSeconds'>
/** A length of time in milliseconds. */
export type Millis = Brand<number, 'Millis'>

export const wallMillis = (value: number): WallMillis => value as WallMillis
export const unixSeconds = (value: number): UnixSeconds => value as UnixSeconds
export const millis = (value: number): Millis => value as Millis
export const minutes = (value: number): Millis => millis(value * 60_000)
/** `2026-11-24T13:27:55Z`: seconds are enough for people. */
export const isoTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
