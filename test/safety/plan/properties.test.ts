import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../../src/model/canonical-json.ts'
import { digestOf } from '../../../src/model/hash.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Plan, PlanStep } from '../../../src/model/plan.ts'
import { parseQuantity } from '../../../src/model/quantity.ts'
import type { ScanRow } from '../../../src/model/recommendation.ts'
import { digestPlan } from '../../../src/safety/plan/digest-plan.ts'
import { applyPatch, operationsOf } from '../../../src/safety/plan/json-patch.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import { writtenQuantity } from '../../../src/safety/plan/written-quantity.ts'
import { liveObject } from '../support/live-object.ts'
import { memoryCluster } from '../support/memory-cluster.ts'
import { rowOf, scanOf } from '../support/scan-of.ts'
import { valueOf } from '../support/value-of.ts'
import { wishOf } from '../support/wish-of.ts'

const cpu = fc.oneof(
  fc.integer({ min: 1, max: 8000 }).map((value) => `${value}m`),
  fc.constantFrom('0.1', '1', '2.5', '1k', '100u'),
)
const memory = fc.oneof(
  fc.integer({ min: 1, max: 65_536 }).map((value) => `${value}Mi`),
  fc.constantFrom('1Gi', '1.5Gi', '128M', '322122547200m', '1e9', '1'),
)
/** Any map of requests or limits, also missing; never empty, because the server stores none. */
const map = fc.option(
  fc
    .record(
      { cpu, memory, 'ephemeral-storage': fc.constant('1Gi'), 'nvidia.com/gpu': fc.constant('1') },
      { requiredKeys: [] },
    )
    .filter((each) => Object.keys(each).length > 0),
  { nil: undefined },
)
const resources = fc
  .record({ requests: map, limits: map, claims: fc.constantFrom(undefined, [{ name: 'x' }]) })
  .map((each) => JSON.parse(JSON.stringify(each)) as JsonObject)
const recommended = (unit: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 6, arbitrary: unit }, { weight: 1, arbitrary: fc.constantFrom(null, '?' as const) })
const row = (number: number, container: string): fc.Arbitrary<ScanRow> =>
  fc
    .record({
      cpu: recommended(fc.double({ min: 0.001, max: 64, noNaN: true })),
      cpuLimit: recommended(fc.double({ min: 0.001, max: 64, noNaN: true })),
      memory: recommended(fc.integer({ min: 1, max: 2 ** 40 })),
      memoryLimit: recommended(fc.integer({ min: 1, max: 2 ** 40 })),
    })
    .map((sketch) => rowOf({ row: number, container, ...sketch }))
const choice = fc.subarray(['cpu_requests', 'memory_requests', 'cpu_limits', 'memory_limits'] as const, {
  minLength: 1,
})
const annotations = fc.option(fc.dictionary(fc.constantFrom('a', 'b/c', 'd~e'), fc.string(), { minKeys: 1 }), {
  nil: undefined,
})

it('gives back every workload exactly, whatever its resources were and whatever is recommended', async () => {
  let planned = 0
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(resources, resources, annotations),
      fc.tuple(row(1, 'app'), row(2, 'side')),
      choice,
      async ([app, side, marks], rows, only) => {
        const live = liveObject({ containers: { side, app }, ...(marks && { annotations: marks }) })
        const made = await makePlan(wishOf(scanOf(rows), { only }), memoryCluster([live]).ports)
        if (!made.ok) {
          expect(made.problem.reason).toBe('nothing_to_change')
          return
        }
        planned += 1
        const { steps, checks } = made.value.plan
        const proofs = checks.filter(({ check }) => ['dry-run', 'admission', 'undo'].includes(check))
        expect(proofs.map(({ check, verdict }) => [check, verdict])).toEqual([
          ['dry-run', 'pass'],
          ['undo', 'pass'],
        ])
        // Not only by the proof itself: the undo, applied to what the request made, leaves the spec as it was.
        const { request, undo } = steps[0] as PlanStep
        const changed = applyPatch(live, operationsOf(request))
        if (changed.kind !== 'patched') throw new Error('refused')
        expect(changed.object['spec']).not.toEqual(live['spec'])
        const undone = applyPatch(changed.object, operationsOf(undo))
        if (undone.kind !== 'patched') throw new Error('refused')
        expect(undone.object['spec']).toEqual(live['spec'])
      },
    ),
    { numRuns: 500 },
  )
  expect(planned).toBeGreaterThan(400)
})

it('never writes anything but the chosen fields and the limits that must follow', async () => {
  await fc.assert(
    fc.asyncProperty(resources, row(1, 'app'), choice, async (app, only1, only) => {
      const made = await makePlan(
        wishOf(scanOf([only1]), { only }),
        memoryCluster([liveObject({ containers: { app } })]).ports,
      )
      if (!made.ok) return
      for (const { before, after, fields } of made.value.plan.steps.flatMap((step) => step.changes)) {
        for (const field of fields)
          expect(field.why === 'raised_with_request' || only.includes(`${field.resource}_${field.part}`)).toBe(true)
        const rest = (whole: JsonObject) => {
          const copy = structuredClone(whole) as Record<string, Record<string, unknown>>
          for (const { part, resource } of fields) delete copy[part]?.[resource]
          for (const part of ['requests', 'limits']) if (Object.keys(copy[part] ?? {}).length === 0) delete copy[part]
          return copy
        }
        expect(rest(after)).toEqual(rest(before))
      }
    }),
  )
})

/** Every leaf of a JSON value, as the keys that lead to it. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Object.entries(value)
  return entries.length === 0 ? [path] : entries.flatMap(([key, each]) => leaves(each, [...path, key]))
}
function withChange(plan: Plan, path: readonly string[], value: unknown): Plan {
  const copy = structuredClone(plan) as unknown as Record<string, unknown>
  let here = copy
  for (const key of path.slice(0, -1)) here = here[key] as Record<string, unknown>
  here[path.at(-1) ?? ''] = value
  return copy as unknown as Plan
}
const aPlan = async () => {
  const live = liveObject({ containers: { app: { requests: { cpu: '1' }, limits: { cpu: '1' } } } })
  const rows = [rowOf({ cpu: 2 }), rowOf({ row: 2, name: 'gone' })]
  return valueOf(await makePlan(wishOf(scanOf(rows)), memoryCluster([live]).ports))
}

it('has another digest when any field of the plan is another', async () => {
  const { plan, digest } = await aPlan()
  const paths = leaves(plan)
  expect(paths.length).toBeGreaterThan(100)
  for (const path of paths)
    for (const value of ['another', null, 0, [], { x: 1 }]) {
      const changed = withChange(plan, path, value)
      if (canonicalJson(changed) !== canonicalJson(plan))
        expect(digestPlan(changed).digest, path.join('.')).not.toBe(digest)
    }
})

it('has the same digest in whatever order its keys come', async () => {
  const { plan, digest } = await aPlan()
  const shuffled = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((each) => shuffled(each))
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, each]) => [key, shuffled(each)]),
    )
  }
  expect(digestOf(shuffled(plan))).toBe(digest)
  expect(digestOf(JSON.parse(JSON.stringify(plan)))).toBe(digest)
})

it('seals the plan, and neither the scan nor the object it was made from', async () => {
  const live = liveObject()
  const row1 = rowOf()
  const { plan } = valueOf(await makePlan(wishOf(scanOf([row1])), memoryCluster([live]).ports))
  expect(() => Object.assign(plan.steps[0]?.changes[0]?.fields[0] ?? {}, { after: '9' })).toThrow(TypeError)
  expect(Object.isFrozen(live)).toBe(false)
  expect(Object.isFrozen(row1)).toBe(false)
})

it('writes quantities that hold at least the recommended value, and no more than one unit above it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.0001, max: 1000, noNaN: true }), (value) => {
      const text = writtenQuantity('cpu', value)
      const thousandths = Math.round((parseQuantity(text) ?? 0) * 1000)
      expect(thousandths).toBeGreaterThanOrEqual(value * 1000 - 1e-6)
      expect(thousandths).toBeLessThan(value * 1000 + 1)
    }),
  )
  expect(
    ['1024', '1023', '1000', '134217728', '0', '1500', '1e12', '256e6'].map((each) =>
      writtenQuantity('memory', Number(each)),
    ),
  ).toEqual(['1Ki', '1023', '1k', '128Mi', '0', '1500', '1T', '256M'])
})
