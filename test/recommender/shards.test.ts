import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import { matcher } from '../../src/recommender/promql/matcher.ts'
import { askShards } from '../../src/recommender/usage/ask-shards.ts'
import { planShards, podShards } from '../../src/recommender/usage/plan-shards.ts'
import {
  halves,
  namespaceShard,
  podShard,
  selectorOf,
  type Shard,
  type ShardPod,
} from '../../src/recommender/usage/shard.ts'
import { usageSession } from '../../src/recommender/usage-session.ts'

const pods = (namespace: string, count: number, points = 10): readonly ShardPod[] =>
  Array.from({ length: count }, (_, index) => ({
    namespace,
    pod: `${namespace}-${index}`,
    containers: ['app'],
    points,
  }))
const of = (namespace: string, count: number, others = 0) => ({ namespace, pods: pods(namespace, count), others })
const names = (shard: Shard): readonly string[] => shard.pods.map((pod) => pod.pod)

describe('a matcher', () => {
  it('is an equality for one value, and an escaped expression for several', () => {
    expect(matcher('pod', ['dot.ted-0'])).toBe('pod="dot.ted-0"')
    expect(matcher('pod', ['dot.ted-0', 'a+b|c'])).toBe(String.raw`pod=~"dot\\.ted-0|a\\+b\\|c"`)
  })

  it('lets no value out of its quotes', () => {
    expect(matcher('pod', ['a"} or up{x="\n\\'])).toBe(String.raw`pod="a\"} or up{x=\"\n\\"`)
  })
})

describe('shards', () => {
  it('put whole namespaces together while there is room', () => {
    const shards = planShards([of('a', 3), of('b', 3), of('c', 5)], 60)
    expect(shards.map((shard) => [shard.namespaces, shard.byName])).toEqual([
      [['a', 'b'], false],
      [['c'], false],
    ])
    expect(selectorOf(shards[0]!)).toBe('namespace=~"a|b", container="app"')
  })

  it('name the pods of a namespace that is too large, or of which little is wanted', () => {
    const shards = planShards([of('large', 8), of('crowded', 2, 50), of('a', 1)], 50)
    expect(shards.map((shard) => [shard.byName, names(shard).length])).toEqual([
      [false, 1],
      [true, 5],
      [true, 5],
    ])
    expect(selectorOf(podShard(pods('a', 2)))).toBe('namespace="a", pod=~"a-0|a-1", container="app"')
  })

  it('are one where naming every pod is enough for one query', () => {
    expect(planShards([of('crowded', 2, 50), of('a', 1)], 50)).toHaveLength(1)
  })

  it('are none where nothing is wanted', () => {
    expect(planShards([of('a', 0, 9)], 50)).toEqual([])
    expect(podShards([], 50)).toEqual([])
  })

  it('do not name more than a thousand pods', () => {
    expect(podShards(pods('a', 2500, 0), 5_000_000).map((shard) => shard.pods.length)).toEqual([1000, 1000, 500])
  })

  it('are halved by namespace first, then by pod, and a single pod not at all', () => {
    const whole = { namespaces: ['a', 'b'], pods: [...pods('a', 2), ...pods('b', 1)], byName: false }
    const [first, second] = halves(whole)!
    expect([first, second].map((half) => [half.namespaces, names(half), half.byName])).toEqual([
      [['a'], ['a-0', 'a-1'], false],
      [['b'], ['b-0'], false],
    ])
    expect(halves(first)!.map((half) => [names(half), half.byName])).toEqual([
      [['a-0'], true],
      [['a-1'], true],
    ])
    expect(halves(second)).toBeUndefined()
    expect(halves(namespaceShard(['a']))).toBeUndefined()
  })
})

describe('asking shards', () => {
  const refusal = { reason: 'prometheus_refused', message: 'too many samples', next: '', tooMuch: true } as const
  const reader = (instant: UsageReader['instant']): UsageReader => ({
    origin: 'http://prometheus',
    instant,
    range: () => Promise.resolve(ok([])),
  })
  const sizes = (promql: string): number => Number(promql)
  const podsNamed = (selector: string): number => (/pod=~?"([^"]*)"/.exec(selector)?.[1] ?? '').split('|').length
  const ask = async (usage: UsageReader, shards: readonly Shard[], concurrency = 4) => {
    const session = usageSession(usage, unixSeconds(1), { concurrency })
    const question = {
      promql: (selector: string) => String(podsNamed(selector)),
      keep: (sample: { value: number }) => sample.value,
    }
    return { answer: await askShards(session, shards, question), asked: session.asked() }
  }

  it('halves what is too much for the server, until it is not', async () => {
    const small = reader((promql) =>
      Promise.resolve(sizes(promql) > 2 ? failed(refusal) : ok([{ labels: {}, value: sizes(promql) }])),
    )
    const { answer, asked } = await ask(small, [podShard(pods('a', 7)), podShard(pods('b', 1))])
    expect(answer.ok && answer.value.reduce((sum, value) => sum + value, 0)).toBe(8)
    expect(asked).toBe(8)
  })

  it('gives up at a single pod, after a few questions', async () => {
    const never = reader(() => Promise.resolve(failed(refusal)))
    expect(await ask(never, [podShard(pods('a', 64))])).toEqual({ answer: failed(refusal), asked: 7 })
  })

  it('asks only once where less would not help', async () => {
    const denied = { ...refusal, tooMuch: false }
    const { answer, asked } = await ask(
      reader(() => Promise.resolve(failed(denied))),
      [podShard(pods('a', 64))],
    )
    expect([answer, asked]).toEqual([failed(denied), 1])
  })

  it('has no more under way at once than it may', async () => {
    let running = 0
    let most = 0
    const slow = reader(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((done) => setTimeout(done, 2))
      running -= 1
      return ok([{ labels: {}, value: 1 }])
    })
    const { asked } = await ask(
      slow,
      Array.from({ length: 20 }, () => podShard(pods('a', 1))),
      3,
    )
    expect([asked, most]).toEqual([20, 3])
  })
})
