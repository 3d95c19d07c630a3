import { expect, it } from 'vitest'
import type { ChosenStrategy } from '../../src/model/strategy.ts'
import { scanNotes } from '../../src/recommender/scan-notes.ts'
import { limitWith, simpleWith } from './support/chosen.ts'
import { usageOf } from './support/stub-ports.ts'

const notes = (chosen: ChosenStrategy, connection?: readonly string[]) =>
  scanNotes(chosen, { ...usageOf({}), ...(connection === undefined ? {} : { notes: connection }) })

it('has nothing to say about settings that krr takes as they are', () => {
  expect(notes(simpleWith())).toEqual([])
  expect(notes(simpleWith({ historyHours: 24, cpuPercentile: 100 }))).toEqual([])
  expect(notes(limitWith({ cpuRequest: 97.5 }))).toEqual([])
})

it('says what the connection says', () => {
  expect(notes(simpleWith(), ['over plain HTTP'])).toEqual(['over plain HTTP'])
})

it('says where krr cuts a history to whole days, or minutes', () => {
  expect(notes(simpleWith({ historyHours: 47 }))).toEqual([
    "history_duration is 47 h; like krr's, the queries look at 24 h of it.",
  ])
  expect(notes(simpleWith({ historyHours: 1.99 }))).toEqual([expect.stringContaining('119 min')])
})

it('says where krr looks for pods in less than the window', () => {
  expect(notes(simpleWith({ historyHours: 32 * 24 }))).toEqual([])
  expect(notes(simpleWith({ historyHours: 33 * 24 }))).toEqual([
    'Pods are looked for in the last 32d only, as krr does.',
  ])
})

it('says where krr asks for another percentile', () => {
  expect(notes(simpleWith({ cpuPercentile: 99.9 }))).toEqual([expect.stringContaining('asks for the maximum')])
  expect(notes(simpleWith({ cpuPercentile: 62.5 }))).toEqual([expect.stringContaining('asks for the 62nd')])
  expect(notes(simpleWith({ cpuPercentile: 0.4 }))).toEqual([expect.stringContaining('asks for the 0th')])
})
