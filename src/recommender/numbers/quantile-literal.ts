/**
 * The quantile as krr writes it into its queries: Python's `round(percentile / 100, 2)`. 99.9 becomes 1.0, the maximum.
 * `toFixed` rounds the exact binary value as Python does, but for ties; only odd eighths can be ties of two decimals.
 */
export function quantileLiteral(percentile: number): string {
  const share = percentile / 100
  const rounded = Math.abs((share * 8) % 2) === 1 ? evenHundredth(share) : Number(share.toFixed(2))
  return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded)
}

function evenHundredth(share: number): number {
  const below = Math.floor(share * 100)
  return (below % 2 === 0 ? below : below + 1) / 100
}
