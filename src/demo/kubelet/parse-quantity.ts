const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity as a number of its unit (cores, bytes); undefined if it is none. Exact enough to compare with. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, suffix] = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)((?:[eE][+-]?[0-9]+)|[A-Za-z]*)$/.exec(text) ?? []
  if (digits === undefined || suffix === undefined) return undefined
  if (/^[eE][+-]?[0-9]/.test(suffix)) return Number(digits + suffix)
  const factor = FACTORS[suffix]
  return factor === undefined ? undefined : Number(digits) * factor
}
