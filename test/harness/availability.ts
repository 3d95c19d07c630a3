/** Something that this machine may lack. The reason is a sentence that says what to do about it. */
export type Availability<Value> =
  | { readonly kind: 'available'; readonly value: Value }
  | { readonly kind: 'unavailable'; readonly reason: string }
