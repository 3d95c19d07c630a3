/** A stream of numbers that is the same for the same key on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  real(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item
  /** By weight: `[[3, 'often'], [1, 'rare']]`. */
  weighed<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item
  /** Another stream: what is drawn from it does not depend on what is drawn from this one. */
  fork(key: string): Random
}

/** mulberry32 over a hash of the key. */
export function random(key: string): Random {
  let state = Array.from(key).reduce(
    (hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619),
    2_166_136_261,
  )
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    real: (least, most) => least + next() * (most - least),
    pick: (items) => at(items, whole(0, items.length - 1)),
    weighed: (items) => {
      let rest = next() * items.reduce((sum, [weight]) => sum + weight, 0)
      const found = items.find(([weight]) => (rest -= weight) < 0)
      return (found ?? at(items, 0))[1]
    },
    fork: (more) => random(`${key}/${more}`),
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}
