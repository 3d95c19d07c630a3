/** How a long list is cut: objects per page, and how many pages there may be, over all lists that share this. */
export interface PageAllowance {
  readonly size: number
  /** False when the pages are used up: the rest is not read. */
  mayAsk(): boolean
  /** A page was read. As krr counts: an empty one costs nothing, an expired token does. */
  asked(page: ReadPage): void
  /** Was a page refused? Then something was left unread. */
  readonly cut: boolean
}

interface ReadPage {
  readonly items: readonly unknown[]
  readonly expired: boolean
}

export class CountedPages implements PageAllowance {
  readonly size: number
  #left: number
  #cut = false

  constructor({ size, most }: { readonly size: number; readonly most: number }) {
    this.size = size
    this.#left = most
  }

  mayAsk(): boolean {
    this.#cut ||= this.#left <= 0
    return this.#left > 0
  }

  asked({ items, expired }: ReadPage): void {
    if (expired || items.length > 0) this.#left -= 1
  }

  get cut(): boolean {
    return this.#cut
  }
}
