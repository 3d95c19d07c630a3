const LONGEST_MS = 30_000

/** How long to wait before the next try: what the server asks for (seconds or a date), else twice as long each time. */
export function retryDelay(attempt: number, firstMs: number, retryAfter: string | undefined): number {
  const asked = retryAfter === undefined ? Number.NaN : askedMs(retryAfter)
  return Number.isNaN(asked) ? firstMs * 2 ** (attempt - 1) : Math.min(LONGEST_MS, Math.max(0, asked))
}

const askedMs = (header: string): number =>
  /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now()
