import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answers, makeChallenge, typedCluster } from '../../../src/safety/confirmation/challenge.ts'
import { WORDS } from '../../../src/safety/confirmation/words.ts'
import { seededRandomness } from './support/seeded-randomness.ts'

const challenge = makeChallenge({ count: 3, cluster: 'production' }, seededRandomness('one'))
const { phrase } = challenge
const [count, cluster, words] = phrase.split(' ') as [string, string, string]

describe('what must be typed', () => {
  it('names the count, the cluster and two random words', () => {
    expect([count, cluster]).toEqual(['3', 'production'])
    const pair = words.split('-')
    expect(pair).toHaveLength(2)
    for (const word of pair) expect(WORDS).toContain(word)
  })
  it('is another one each time it is asked', () => {
    const random = seededRandomness('many')
    const made = Array.from({ length: 20 }, () => makeChallenge({ count: 3, cluster: 'production' }, random))
    expect(new Set(made.map((each) => each.phrase)).size).toBe(20)
    expect(new Set(made.map((each) => each.salt)).size).toBe(20)
  })
  it('can be each pair of 256 words, all of them as likely', () => {
    expect(new Set(WORDS).size).toBe(256)
    expect(WORDS.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true)
    const drawn = (bytes: readonly number[]): string => {
      const random = { bytes: () => Uint8Array.from([...bytes, ...Array<number>(16).fill(0)]) }
      return makeChallenge({ count: 1, cluster: 'c' }, random).phrase.split(' ')[2] ?? ''
    }
    // Of 65536 draws each word is as many: there is no remainder.
    expect(65_536 % WORDS.length).toBe(0)
    for (const at of [0, 1, 127, 128, 254, 255]) {
      expect(drawn([7, at, 0, 0])).toBe(`${WORDS[at]}-${WORDS[0]}`)
      expect(drawn([0, 0, 9, at])).toBe(`${WORDS[0]}-${WORDS[at]}`)
    }
  })
  it('is stored as a salted hash in which it cannot be found', () => {
    expect(JSON.stringify({ ...challenge, phrase: '' })).not.toContain(words)
    expect(challenge.answerHash).toMatch(/^[0-9a-f]{64}$/)
    expect(challenge.salt).toMatch(/^[0-9a-f]{32}$/)
    const again = makeChallenge({ count: 3, cluster: 'production' }, seededRandomness('one'))
    expect(answers(phrase, { ...again, salt: 'f'.repeat(32) })).toBe(false)
  })
  it.each([
    ['production', 'production'],
    ['arn:aws:eks:eu-west-1:123456789012:cluster/prod', 'prod'],
    ['gke_project_zone_cluster-1', 'gke_project_zone_cluster-1'],
    ['my cluster', 'my-cluster'],
    ['kind \u202e dnik', 'kind-dnik'],
    ['größe', 'gr-e'],
    ['x'.repeat(100), 'x'.repeat(40)],
    ['admin@Prod:6443', 'admin@Prod:6443'],
  ])('says the cluster "%s" as "%s", which everybody can type', (name, typed) => {
    expect(typedCluster(name)).toBe(typed)
    expect(makeChallenge({ count: 1, cluster: name }, seededRandomness('c')).phrase).toContain(` ${typed} `)
  })
})

describe('a typed answer', () => {
  it.each([
    ['as it was shown', phrase],
    ['in capitals', phrase.toUpperCase()],
    ['with blanks around and between', `  ${count}   ${cluster}\t ${words} \n`],
    ['with an unbreakable blank', phrase.replaceAll(' ', '\u00a0')],
  ])('is right %s', (_, typed) => {
    expect(answers(typed, challenge)).toBe(true)
  })
  const [first, second] = words.split('-') as [string, string]
  it.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['many blanks', ' \n\t '],
    ['yes', 'yes'],
    ['y', 'y'],
    ['true', 'true'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ['approve', 'approve'],
    ['approved', 'approved'],
    ['the count alone', count],
    ['the cluster alone', cluster],
    ['the words alone', words],
    ['no count', `${cluster} ${words}`],
    ['no cluster', `${count} ${words}`],
    ['no words', `${count} ${cluster}`],
    ['another count', `4 ${cluster} ${words}`],
    ['the count as a word', `three ${cluster} ${words}`],
    ['another cluster', `${count} staging ${words}`],
    ['one word', `${count} ${cluster} ${first}`],
    ['the words the other way round', `${count} ${cluster} ${second}-${first}`],
    ['a blank between the words', `${count} ${cluster} ${first} ${second}`],
    ['the order changed', `${words} ${cluster} ${count}`],
    ['the phrase and more', `${phrase} please`],
    ['the phrase twice', `${phrase} ${phrase}`],
    ['the phrase in quotation marks', `"${phrase}"`],
    ['the whole line', `To approve, type exactly:  ${phrase}`],
    ['a letter that looks the same', phrase.replace('o', '\u043e')],
    ['something invisible in it', phrase.replace(' ', ' \u200b')],
    ['a NUL at its end', `${phrase}\u0000`],
    ['the hash itself', challenge.answerHash],
    ['the salt itself', challenge.salt],
    ['the phrase in a page of blanks', phrase + ' '.repeat(200)],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('is wrong when it is %s', (_, typed) => {
    expect(answers(typed, challenge)).toBe(false)
  })
  it('is wrong for another question, whose words are others', () => {
    const other = makeChallenge({ count: 3, cluster: 'production' }, seededRandomness('two'))
    expect(answers(phrase, other)).toBe(false)
    expect(answers(other.phrase, challenge)).toBe(false)
  })
  it('is wrong whatever else it is', { timeout: 30_000 }, () => {
    const near = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map((pair) => `3 production ${pair.join('-')}`),
      fc.nat({ max: phrase.length - 1 }).map((at) => phrase.slice(0, at) + phrase.slice(at + 1)),
      fc.nat({ max: phrase.length - 1 }).map((at) => `${phrase.slice(0, at)}x${phrase.slice(at)}`),
    )
    fc.assert(
      fc.property(near, (typed) => {
        fc.pre(typed.trim().replace(/\s+/g, ' ').toLowerCase() !== phrase)
        expect(answers(typed, challenge)).toBe(false)
      }),
      { seed: 20261124, numRuns: 40 },
    )
  })
})
