import { describe, expect, it } from 'vitest'
import { planSettings, seconds } from '../../../src/main/wire/plan-settings.ts'
import { minutes } from '../../../src/model/time.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

describe('the settings of a plan', () => {
  it('are those of the design where nothing is said', () => {
    expect(valueOf(planSettings({}))).toEqual({
      openFor: minutes(60),
      executionDeadline: minutes(60),
      soak: minutes(5),
      rolloutDeadline: minutes(10),
      undoOnFailure: true,
    })
  })
  it('are taken from the operator in seconds', () => {
    const options = { soakSeconds: '10', rolloutDeadlineSeconds: '20', executionDeadlineSeconds: '30.5' }
    expect(valueOf(planSettings(options))).toMatchObject({
      soak: 10_000,
      rolloutDeadline: 20_000,
      executionDeadline: 30_500,
    })
  })
  it.each(['soakSeconds', 'rolloutDeadlineSeconds', 'executionDeadlineSeconds'] as const)(
    'keep %s within a day',
    (key) => {
      expect(valueOf(planSettings({ [key]: '86400' }))).toBeDefined()
      expect(valueOf(planSettings({ [key]: '0' }))).toBeDefined()
      for (const wrong of [
        '-1',
        '86401',
        'Infinity',
        '1e9',
        'NaN',
        '',
        ' ',
        '5m',
        '5 minutes',
        'ten',
        '--soak',
        '1,5',
        '1_000',
        'null',
      ])
        expect(problemOf(planSettings({ [key]: wrong })).reason, wrong).toBe('bad_setting')
    },
  )
  it('never let a plan be open for more than an hour, nor leave a failure as it is', () => {
    const { openFor, undoOnFailure } = valueOf(planSettings({ executionDeadlineSeconds: '86400' }))
    expect([openFor, undoOnFailure]).toEqual([minutes(60), true])
  })
  it('name the option that is wrong, and repeat what was said only so far', () => {
    const why = problemOf(planSettings({ soakSeconds: 'x'.repeat(1000) }))
    expect(why.message).toContain('--soak takes seconds from 0 to 86400')
    expect(why.message.length).toBeLessThan(120)
  })
  it('have their own upper bound where it is given', () => {
    const bound = { flag: 'token-lifetime', most: 300 }
    expect(valueOf(seconds('300', minutes(5), bound))).toBe(300_000)
    expect(problemOf(seconds('301', minutes(5), bound)).reason).toBe('bad_setting')
    expect(valueOf(seconds(undefined, minutes(5), bound))).toBe(300_000)
  })
})
