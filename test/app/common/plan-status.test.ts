import { describe, expect, it } from 'vitest'
import { planStatus } from '../../../src/app/common/plan-status.ts'
import type { JournalEvent } from '../../../src/journal/event.ts'
import type { PlanStatus } from '../../../src/model/status.ts'
import { asked, closed, decided, minted, proposed, queued, refusal, stale } from '../../journal/support/events.ts'
import { world, type World } from '../../journal/support/world.ts'

const MINUTE = 60_000
const statusAfter = async (events: readonly JournalEvent[], pass: (made: World) => void = () => undefined) => {
  const made = world()
  await made.must(...events)
  pass(made)
  return planStatus(await made.plan(), made.clock.now())
}

describe('the status of a plan', () => {
  it.each<[PlanStatus, readonly JournalEvent[]]>([
    ['proposed', [proposed()]],
    ['blocked', [proposed({ blocked: true })]],
    ['waiting_for_human', [proposed(), asked()]],
    ['proposed', [proposed(), asked(), closed('cancelled')]],
    ['approved', [proposed(), asked(), decided()]],
    ['approved', [proposed(), asked(), decided(), minted()]],
    ['applied', [proposed(), asked(), decided(), minted(), queued()]],
    ['refused', [proposed(), refusal()]],
    ['refused', [proposed(), asked(), decided(), refusal()]],
    ['stale', [proposed(), asked(), decided(), stale()]],
  ])('is %s', async (status, events) => {
    expect(await statusAfter(events)).toBe(status)
  })
  it.each<[string, readonly JournalEvent[], number, PlanStatus]>([
    ['an open plan', [proposed()], 60 * MINUTE, 'expired'],
    ['a question', [proposed(), asked()], 5 * MINUTE, 'proposed'],
    ['a yes', [proposed(), asked(), decided()], 15 * MINUTE, 'expired'],
  ])('of %s changes when its time is over, not before', async (_, events, limit, after) => {
    const before = await statusAfter(events)
    expect(await statusAfter(events, ({ clock }) => clock.advance(limit))).toBe(before)
    expect(await statusAfter(events, ({ clock }) => clock.advance(limit + 1))).toBe(after)
    expect(await statusAfter(events, ({ clock }) => clock.setWall(limit + 1))).toBe(after)
    expect(await statusAfter(events, ({ clock }) => clock.creep(limit + 1))).toBe(after)
  })
  it('is expired for whatever was open when the clock was set back or the machine was booted', async () => {
    for (const events of [[proposed()], [proposed(), asked()], [proposed(), asked(), decided()]]) {
      expect(await statusAfter(events, ({ clock }) => clock.setWall(-1))).toBe('expired')
      expect(await statusAfter(events, ({ clock }) => clock.reboot())).toBe('expired')
    }
  })
  it('that is final stays so, whatever the clock says', async () => {
    for (const [status, events] of [
      ['blocked', [proposed({ blocked: true })]],
      ['refused', [proposed(), refusal()]],
      ['stale', [proposed(), stale()]],
      ['applied', [proposed(), asked(), decided(), minted(), queued()]],
    ] as const)
      expect(await statusAfter(events, ({ clock }) => clock.reboot())).toBe(status)
  })
})
