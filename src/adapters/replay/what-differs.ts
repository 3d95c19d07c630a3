import { plainText } from '../../model/plain-text.ts'
import { questionText } from './question.ts'
import type { Question } from './question.ts'

/** A sentence's end: how a question differs from the recorded one that is nearest to it. */
export function whatDiffers(asked: Question, recorded: readonly Question[]): string {
  const own = partsOf(asked)
  const ofItsKind = recorded.filter(({ method }) => method === asked.method).map(partsOf)
  const nearest = ofItsKind.reduce<Parts | undefined>(
    (best, next) => (best && nearness(own, best) >= nearness(own, next) ? best : next),
    undefined,
  )
  if (!nearest) return 'nothing of that kind was recorded'
  const names = [...new Set([...own.keys(), ...nearest.keys()])].filter((name) => own.get(name) !== nearest.get(name))
  return names
    .slice(0, 3)
    .map((name) => difference(name, own.get(name), nearest.get(name)))
    .join('; ')
}

type Parts = ReadonlyMap<string, string>
/** `at`, `promql`, `selector`, …, each as text. */
function partsOf(question: Question): Parts {
  const { method: _, scope, query, window, ...rest } = JSON.parse(questionText(question)) as Record<string, object>
  return new Map(
    Object.entries({ ...scope, ...query, ...window, ...rest }).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}

/** Parts that are the same count most; then how long the others are the same. */
function nearness(one: Parts, other: Parts): number {
  let sum = 0
  for (const [name, value] of one) {
    const theirs = other.get(name)
    sum += theirs === value ? 1 : (samePrefix(value, theirs ?? '') / (value.length + 1)) * 0.1
  }
  return sum
}

function samePrefix(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

function difference(name: string, asked: string | undefined, recorded: string | undefined): string {
  const from = samePrefix(asked ?? '', recorded ?? '')
  return `${plainText(name, 40)} is ${around(asked, from)} where ${around(recorded, from)} was recorded`
}
function around(text: string | undefined, at: number): string {
  if (text === undefined) return 'not given'
  const from = Math.max(0, at - 30)
  const cut = `${from > 0 ? '…' : ''}${text.slice(from, at + 50)}${text.length > at + 50 ? '…' : ''}`
  return `"${plainText(cut, 100)}"`
}
